package org.sparkvae;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeExampleTest {
  @TempDir private Path directory;

  @Test
  void theJavaOfTheReadmeCompilesAndRuns() throws Exception {
    ReadmeExample example = ReadmeExample.in(directory);
    String classPath = System.getProperty("java.class.path");

    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertThat(compiler.run(null, null, null, "-cp", classPath, example.source().toString()))
        .isZero();
    ReadmeExample.Printed printed =
        example.run(
            "--add-modules",
            "jdk.incubator.vector",
            "-cp",
            directory + System.getProperty("path.separator") + classPath,
            example.name());

    assertThat(printed.text()).containsPattern("LogLikelihood\\[value=-\\d+\\.\\d+, standardError");
    assertThat(printed.status()).isZero();
  }
}
