package org.sparkvae.job.papers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedTest {
  private static final Path PAPERS = Path.of("..", "conf", "papers");

  @Test
  void everyRecipeHasItsFigure() throws IOException {
    List<String> recipes;
    try (Stream<Path> files = Files.list(PAPERS)) {
      recipes =
          files
              .map(file -> file.getFileName().toString())
              .filter(file -> file.endsWith(".conf"))
              .map(file -> file.replace(".conf", ""))
              .toList();
    }

    assertThat(Published.read(PAPERS.resolve("published.json")))
        .containsOnlyKeys(recipes)
        .allSatisfy(
            (name, published) -> {
              assertThat(published.paper()).as(name).contains("arXiv:");
              assertThat(published.figure()).as(name).isNotBlank();
              assertThat(published.nll()).as(name).isBetween(50.0, 300.0);
            });
  }

  @Test
  void refusesAFigureWithoutItsPaper(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("published.json"), "{\"x\": {\"figure\": \"table 1\", \"nll\": 80}}");

    assertThatThrownBy(() -> Published.read(file)).hasMessageContaining("paper");
  }
}
