package org.sparkvae.job.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparkvae.job.storage.StoredFiles.names;
import static org.sparkvae.job.storage.StoredFiles.put;
import static org.sparkvae.job.storage.StoredFiles.text;

import java.io.IOException;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkvae.job.storage.AtomicFiles;
import org.sparkvae.job.storage.Places;
import org.sparkvae.job.storage.UnwritableException;

class RunDirectoryTest {
  private static final Configuration HADOOP = new Configuration();

  static Stream<Path> places() {
    return Places.fresh();
  }

  private static RunDirectory open(Path path) {
    return RunDirectory.open(path.toString(), HADOOP, "application-1");
  }

  @ParameterizedTest
  @MethodSource("places")
  void isMadeUsedAndGivenBack(Path path) throws IOException {
    try (RunDirectory run = open(path)) {
      assertThat(run.storedConfig()).isEmpty();
      run.storeConfig("seed = 1");
      run.write("pictures/curve.png", out -> out.write(7));
      run.write("summary.json", out -> out.write('1'));
      run.write("summary.json", out -> out.write('2'));
    }

    assertThat(names(path)).containsExactly("config.conf", "pictures", "summary.json");
    assertThat(names(new Path(path, "pictures"))).containsExactly("curve.png");
    assertThat(text(new Path(path, "summary.json"))).isEqualTo("2");
    try (RunDirectory run = open(path)) {
      assertThat(run.storedConfig()).contains("seed = 1");
      assertThat(run.path()).isEqualTo(path);
    }
  }

  @ParameterizedTest
  @MethodSource("places")
  void stagesAreMarked(Path path) throws IOException {
    try (RunDirectory run = open(path)) {
      assertThat(run.isTrained() || run.isEvaluated() || run.isFinished()).isFalse();
      run.markTrained(1);
      assertThat(run.isTrained()).isTrue();
      assertThat(run.isEvaluated()).isFalse();
      run.writeDirectory(
          RunDirectory.EVALUATION, directory -> put(new Path(directory, "_SUCCESS"), ""));
      assertThat(run.isEvaluated()).isTrue();
      assertThat(run.isFinished()).isFalse();
      run.markFinished();
      assertThat(run.isFinished()).isTrue();

      run.evaluation().discard();

      assertThat(run.isFinished() || run.isEvaluated()).isFalse();
      assertThat(run.isTrained()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("places")
  void aWriteThatFailsLeavesWhatWasThere(Path path) throws IOException {
    try (RunDirectory run = open(path)) {
      run.storeConfig("seed = 1");
      run.write("summary.json", out -> out.write('1'));
      assertThatThrownBy(
              () ->
                  run.write(
                      "summary.json",
                      out -> {
                        out.write('2');
                        throw new IOException("disk full");
                      }))
          .isInstanceOf(UnwritableException.class)
          .hasMessage(
              "%s/summary.json cannot be written: disk full; mend that and run the same command"
                  + " again, which goes on from there",
              path);

      assertThat(text(new Path(path, "summary.json"))).isEqualTo("1");
    }
    open(path).close();
    assertThat(names(path)).containsExactly("config.conf", "summary.json");
  }

  @ParameterizedTest
  @MethodSource("places")
  void clearingDeletesARunAndNothingElse(Path path) throws IOException {
    try (RunDirectory run = open(path)) {
      run.storeConfig("seed = 1");
      run.markTrained(1);
      run.checkpoints(1, message -> {}).save(Checkpoints.network(1), Checkpoints.state(1, 0));
      run.write(RunDirectory.SUMMARY, out -> {});
      run.write(RunDirectory.BAD_IMAGES, out -> {});
      run.write("pictures/curve.png", out -> {});
      run.writeDirectory(RunDirectory.EVALUATION, at -> put(new Path(at, "_SUCCESS"), ""));
      run.evaluation("0123456789abcdef0123").storeConfig("seed = 1");
      run.analyses().writeTable("tightness", at -> put(new Path(at, "_SUCCESS"), ""));
      run.analyses().keep("tightness", "0123456789abcdef0123", "{}");
      run.analyses().markFinished();
      run.writeDirectory(RunDirectory.EPOCHS, at -> put(new Path(at, "_SUCCESS"), ""));
      run.markFinished();
      put(new Path(path, "notes.txt"), "mine");

      run.clear();

      assertThat(names(path)).containsExactly("_running", "notes.txt");
    }
  }

  @Test
  void killedWhileClearingItIsUnfinishedOrEmpty() throws IOException {
    Path places = Places.local();
    int survived = 0;
    boolean died = true;
    while (died) {
      Path path = new Path(places, "killed-at-" + survived);
      try (RunDirectory run = open(path)) {
        run.storeConfig("seed = 1");
        run.markTrained(1);
        run.write(RunDirectory.SUMMARY, out -> {});
        run.markFinished();
      }
      DyingFileSystem dying = new DyingFileSystem(Places.fileSystem(path), survived);
      try {
        RunDirectory.clear(new AtomicFiles(dying, () -> {}), path);
        died = false;
      } catch (IOException e) {
        assertThat(e).hasMessage("killed");
      }

      try (RunDirectory run = open(path)) {
        assertThat(run.isFinished() && run.storedConfig().isEmpty()).isFalse();
        if (run.isFinished()) {
          assertThat(run.isTrained()).isTrue();
        }
        run.clear();
        assertThat(names(path)).containsExactly("_running");
      }
      survived++;
    }
    assertThat(survived).isGreaterThan(8);
  }

  @ParameterizedTest
  @MethodSource("places")
  void killedWhileAFileIsReplacedItIsTheOldOneOrTheNewOne(Path path) throws IOException {
    int survived = 0;
    boolean died = true;
    while (died) {
      try (RunDirectory run = open(path)) {
        run.storeConfig("old");
      }
      DyingFileSystem dying = new DyingFileSystem(Places.fileSystem(path), survived);
      try {
        new AtomicFiles(dying, () -> {})
            .file(new Path(path, "config.conf"), out -> out.write("new".getBytes()));
        died = false;
      } catch (IOException e) {
        assertThat(e).hasMessage("killed");
      }

      try (RunDirectory run = open(path)) {
        assertThat(run.storedConfig().orElseThrow()).isIn("old", "new");
        assertThat(names(path)).containsExactly("_running", "config.conf");
      }
      survived++;
    }
    assertThat(text(new Path(path, "config.conf"))).isEqualTo("new");
  }

  @Test
  void noChecksumFilesStrayOnALocalDisk() throws IOException {
    Path path = Places.local();
    try (RunDirectory run = open(path)) {
      run.storeConfig("seed = 1");
      run.storeConfig("seed = 2");
      run.checkpoints(1, message -> {}).save(Checkpoints.network(1), Checkpoints.state(1, 0));
    }

    try (Stream<java.nio.file.Path> files =
        java.nio.file.Files.walk(java.nio.file.Path.of(path.toUri().getPath()))) {
      assertThat(files.map(java.nio.file.Path::toString)).noneMatch(name -> name.endsWith(".crc"));
    }
  }
}
