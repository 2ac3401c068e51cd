package org.sparkvae;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar that holds all it needs, alone on the class path. */
@Tag("assembled")
class AssembledJarTest {
  private static Path jar;
  @TempDir private Path directory;

  @BeforeAll
  static void find() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      jar =
          files
              .filter(file -> file.toString().endsWith("-all.jar"))
              .findFirst()
              .orElseThrow()
              .toAbsolutePath();
    }
  }

  @Test
  void runsTheReadmesJavaByItself() throws Exception {
    ReadmeExample example = ReadmeExample.in(directory);

    ReadmeExample.Printed printed =
        example.run(
            "--add-modules",
            "jdk.incubator.vector",
            "-cp",
            jar.toString(),
            example.source().toString());

    assertThat(printed.text()).contains("LogLikelihood[value=-").doesNotContain("slower");
    assertThat(printed.status()).isZero();
  }

  @Test
  void saysWhatIsMissingWithoutTheVectorModule() throws Exception {
    ReadmeExample example = ReadmeExample.in(directory);

    ReadmeExample.Printed printed = example.run("-cp", jar.toString(), example.source().toString());

    assertThat(printed.text())
        .contains("slower: start Java 17 or 18 with --add-modules jdk.incubator.vector")
        .contains("LogLikelihood[value=-");
    assertThat(printed.status()).isZero();
  }

  @Test
  void holdsNeitherSparkNorHadoop() throws IOException {
    try (JarFile entries = new JarFile(jar.toFile())) {
      assertThat(entries.stream().map(Object::toString))
          .isNotEmpty()
          .noneMatch(name -> name.startsWith("org/apache/spark/"))
          .noneMatch(name -> name.startsWith("org/apache/hadoop/"))
          .noneMatch(name -> name.startsWith("org/sparkvae/job/"));
    }
  }
}
