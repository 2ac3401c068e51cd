package org.sparkvae.job.papers;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The run directory of a recipe, whether it is there or not.
 *
 * @param name of the recipe
 * @param directory on this machine
 */
record RecipeRun(String name, Path directory) {
  private static final String EPOCH = "epoch-";

  /**
   * What it came to, where it is finished.
   *
   * @throws IOException where its summary cannot be read
   */
  Optional<Reproduction> result() throws IOException {
    if (!Files.exists(directory.resolve("_SUCCESS"))) {
      return Optional.empty();
    }
    Path summary = directory.resolve("summary.json");
    return Optional.of(Reproduction.of(name, new ObjectMapper().readTree(summary.toFile())));
  }

  /** How far it is, where it is not finished. */
  String state() throws IOException {
    Path checkpoints = directory.resolve("checkpoints");
    if (!Files.isDirectory(checkpoints)) {
      return "not begun";
    }
    try (Stream<Path> files = Files.list(checkpoints)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.matches(EPOCH + "\\d+"))
          .mapToInt(file -> Integer.parseInt(file.substring(EPOCH.length())))
          .max()
          .stream()
          .mapToObj("not finished, after epoch %,d"::formatted)
          .findFirst()
          .orElse("not finished, in its first epochs");
    }
  }
}
