package org.sparkvae.job.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparkvae.job.storage.StoredFiles.names;
import static org.sparkvae.job.storage.StoredFiles.put;
import static org.sparkvae.job.storage.StoredFiles.text;

import java.io.IOException;
import java.security.PrivilegedExceptionAction;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.UserGroupInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.storage.Places;

/** Places where no run directory can be made, which are left as they are. */
class UnusablePlaceTest {
  private static final Configuration HADOOP = new Configuration();

  static Stream<Path> places() {
    return Places.fresh();
  }

  private static RunDirectory open(Path path) {
    return RunDirectory.open(path.toString(), HADOOP, "application-1");
  }

  @ParameterizedTest
  @MethodSource("places")
  void aDirectoryOfSomebodyElseIsRefusedAndLeftAlone(Path path) throws IOException {
    put(new Path(path, "thesis.tex"), "precious");

    assertThatThrownBy(() -> open(path))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(path + " holds no run but other files, such as thesis.tex")
        .hasMessageNotContaining("\n");
    assertThat(names(path)).containsExactly("thesis.tex");
  }

  @Test
  void aPlaceThatMayNotBeWrittenIsOneLine() throws Exception {
    Path path = Places.hdfs();
    FileSystem fileSystem = Places.fileSystem(path);
    fileSystem.mkdirs(path, new FsPermission((short) 0755));
    UserGroupInformation stranger =
        UserGroupInformation.createUserForTesting("stranger", new String[] {"strangers"});

    stranger.doAs(
        (PrivilegedExceptionAction<Void>)
            () -> {
              assertThatThrownBy(() -> open(path))
                  .isInstanceOf(SettingsException.class)
                  .hasMessageContaining("run.directory " + path + " cannot be used")
                  .hasMessageContaining("Permission denied: user=stranger")
                  .hasMessageNotContaining("\n");
              return null;
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"nosuch://host/run", "hdfs://", ":"})
  void aPlaceThatIsNoneIsOneLine(String uri) {
    assertThatThrownBy(() -> RunDirectory.open(uri, HADOOP, "application-1"))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("run.directory " + uri + " cannot be used (")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @MethodSource("places")
  void aFileIsNoDirectory(Path path) throws IOException {
    put(path, "a file");

    assertThatThrownBy(() -> open(path))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("run.directory " + path + " cannot be used");
    assertThat(text(path)).isEqualTo("a file");
  }
}
