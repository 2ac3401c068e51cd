package org.sparkvae.job.papers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PapersCommandTest {
  @TempDir private Path folder;
  private Path published;

  @BeforeEach
  void publish() throws IOException {
    String figures = "{\"paper\": \"P\", \"figure\": \"table 1\", \"nll\": 80}";
    published =
        Files.writeString(
            folder.resolve("published.json"),
            "{\"a\": %s, \"b\": %s, \"c\": %s}".formatted(figures, figures, figures));
    Path b = Files.createDirectories(folder.resolve("b"));
    Files.writeString(b.resolve("summary.json"), "{\"test_nll\": 80.5}");
    Files.createFile(b.resolve("_SUCCESS"));
    Files.createDirectories(folder.resolve("c/checkpoints/epoch-000030"));
  }

  @Test
  void tellsOfFinishedRunsAndOfTheOthers() {
    List<String> lines = said();

    assertThat(lines.get(0)).startsWith("recipe");
    assertThat(lines.get(1)).matches("b +80\\.00 +80\\.50 .*\\+0\\.50.*");
    assertThat(lines.subList(2, lines.size()))
        .containsExactly(
            "",
            "b: P, table 1",
            "a: not begun; submit/reproduce a",
            "c: not finished, after epoch 30; submit/reproduce c");
  }

  @Test
  void tellsOfOneRecipe() {
    assertThat(said("c")).containsExactly("c: not finished, after epoch 30; submit/reproduce c");
  }

  private List<String> said(String... recipes) {
    List<String> arguments =
        new ArrayList<>(List.of("--published", published.toString(), "--runs", folder.toString()));
    arguments.addAll(List.of(recipes));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      assertThat(PapersCommand.run(arguments.toArray(String[]::new))).isZero();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
