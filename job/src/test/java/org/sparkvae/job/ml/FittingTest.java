package org.sparkvae.job.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FittingTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"plain", "with spaces", "100%", "müller", "a%20b"})
  void hadoopFindsATemporaryDirectoryOfAnyName(String name) throws Exception {
    Path directory = Files.createDirectory(folder.resolve(name));
    Files.createFile(directory.resolve("there"));

    org.apache.hadoop.fs.Path found = new org.apache.hadoop.fs.Path(Fitting.location(directory));

    assertThat(found.getFileSystem(new Configuration()).listStatus(found)).hasSize(1);
  }
}
