package org.sparkvae.job.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedExceptionAction;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.UserGroupInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkvae.job.settings.SettingsException;

class RunDirectoryTest {
  private static final Configuration HADOOP = new Configuration();
  private static final LockOwner SELF = LockOwner.current("application-1");
  private static final Clock NOW = Clock.systemUTC();
  private static final Clock LATER = Clock.offset(NOW, RunLock.LEASE.plusSeconds(5));

  static Stream<Path> places() {
    return Places.fresh();
  }

  private static RunDirectory open(Path path) {
    return RunDirectory.open(path.toString(), HADOOP, "application-1");
  }

  private static List<String> names(Path directory) throws IOException {
    return Arrays.stream(Places.fileSystem(directory).listStatus(directory))
        .map(FileStatus::getPath)
        .map(Path::getName)
        .sorted()
        .toList();
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Places.fileSystem(file).open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void put(Path file, String text) throws IOException {
    try (OutputStream out = Places.fileSystem(file).create(file, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static LockOwner owner(String host, long pid, String application) {
    return new LockOwner(
        host, pid, SELF.started(), SELF.pidNamespace(), application, host + pid + application);
  }

  private static void leaveLock(Path path, LockOwner owner) throws IOException {
    RunDirectory.open(path.toString(), HADOOP, owner, NOW);
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
      run.markTrained();
      assertThat(run.isTrained()).isTrue();
      assertThat(run.isEvaluated()).isFalse();
      run.writeDirectory(
          RunDirectory.EVALUATION, directory -> put(new Path(directory, "_SUCCESS"), ""));
      assertThat(run.isEvaluated()).isTrue();
      assertThat(run.isFinished()).isFalse();
      run.markFinished();
      assertThat(run.isFinished()).isTrue();

      run.discardEvaluation();

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
  void aSecondJobIsRefused(Path path) throws IOException {
    try (RunDirectory run = open(path)) {
      run.storeConfig("seed = 1");
      assertThatThrownBy(() -> RunDirectory.open(path.toString(), HADOOP, "application-2"))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining(path.toString())
          .hasMessageContaining("is in use by process " + SELF.pid())
          .hasMessageContaining("(application-1)")
          .hasMessageNotContaining("\n");
      assertThatThrownBy(() -> open(path)).isInstanceOf(SettingsException.class);
      run.storeConfig("seed = 2");
    }
    open(path).close();
  }

  @ParameterizedTest
  @MethodSource("places")
  void aLeaseThatRanOutIsTakenOver(Path path) throws IOException {
    LockOwner elsewhere = owner("elsewhere", 1, "application-0");
    RunDirectory first = RunDirectory.open(path.toString(), HADOOP, elsewhere, NOW);
    first.storeConfig("seed = 1");
    assertThatThrownBy(() -> RunDirectory.open(path.toString(), HADOOP, SELF, NOW))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("process 1 on elsewhere (application-0)");

    try (RunDirectory second = RunDirectory.open(path.toString(), HADOOP, SELF, LATER)) {
      assertThat(names(path)).containsExactly("_running", "config.conf");
      assertThat(text(new Path(path, "_running"))).contains(SELF.id());
      second.storeConfig("seed = 2");
      first.close();
      assertThat(names(path)).contains("_running");
    }
  }

  @ParameterizedTest
  @MethodSource("places")
  void aDeadProcessOfThisHostHoldsNothing(Path path) throws IOException {
    long noProcess = Long.MAX_VALUE;
    leaveLock(path, owner(SELF.host(), noProcess, "application-0"));

    try (RunDirectory run = open(path)) {
      assertThat(run.isFinished()).isFalse();
    }
  }

  @Test
  void anotherProcessWithTheSameNumberHoldsNothing() throws IOException {
    Path path = Places.local();
    leaveLock(
        path,
        new LockOwner(
            SELF.host(),
            SELF.pid(),
            "1999-01-01T00:00:00Z",
            SELF.pidNamespace(),
            "application-0",
            "id"));

    open(path).close();
  }

  @Test
  void theSameNumberInAnotherContainerIsAnotherProcess() throws IOException {
    Path path = Places.local();
    leaveLock(
        path,
        new LockOwner(
            SELF.host(), Long.MAX_VALUE, SELF.started(), "pid:[1]", "application-0", "id"));

    assertThatThrownBy(() -> open(path))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("is in use by process");
  }

  @Test
  void anEarlierAttemptOfTheSameApplicationHoldsNothing() throws IOException {
    Path path = Places.local();
    leaveLock(path, owner("elsewhere", 1, "application-1"));

    open(path).close();
  }

  @ParameterizedTest
  @MethodSource("places")
  void aLockThatIsJustBeingWrittenHoldsUntilTheLeaseEnds(Path path) throws IOException {
    put(new Path(path, "_running"), "{\"host\":");

    assertThatThrownBy(() -> open(path))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("is in use by another job");
    RunDirectory.open(path.toString(), HADOOP, SELF, LATER).close();
    assertThat(names(path)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("places")
  void aHolderThatWasTakenOverChangesNothing(Path path) throws IOException {
    FileSystem fileSystem = Places.fileSystem(path);
    fileSystem.mkdirs(path);
    LockOwner elsewhere = owner("elsewhere", 1, "application-0");
    RunLock first = RunLock.acquire(fileSystem, path, elsewhere, NOW);
    first.renew();
    first.requireHeld();
    RunLock second = RunLock.acquire(fileSystem, path, SELF, LATER);

    first.renew();

    assertThatThrownBy(first::requireHeld)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("was taken over by another job");
    assertThatThrownBy(
            () ->
                new AtomicFiles(fileSystem, first::requireHeld)
                    .file(new Path(path, "x"), out -> {}))
        .isInstanceOf(IOException.class);
    second.renew();
    second.requireHeld();
    first.close();
    second.close();
    assertThat(names(path)).isEmpty();
  }

  @Test
  void renewalIsASignOfLife() throws IOException {
    Path path = Places.local();
    FileSystem fileSystem = Places.fileSystem(path);
    fileSystem.mkdirs(path);
    LockOwner elsewhere = owner("elsewhere", 1, "application-0");
    Path file = new Path(path, "_running");
    try (RunLock lock = RunLock.acquire(fileSystem, path, elsewhere, NOW)) {
      long long_ago = NOW.millis() - Duration.ofHours(1).toMillis();
      fileSystem.setTimes(file, long_ago, -1);

      lock.renew();

      assertThat(fileSystem.getFileStatus(file).getModificationTime())
          .isGreaterThan(long_ago + 1_000_000);
    }
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

  @ParameterizedTest
  @MethodSource("places")
  void clearingDeletesARunAndNothingElse(Path path) throws IOException {
    try (RunDirectory run = open(path)) {
      run.storeConfig("seed = 1");
      run.markTrained();
      run.checkpoints(1, message -> {}).save(Checkpoints.network(1), Checkpoints.state(1, 0));
      run.write(RunDirectory.SUMMARY, out -> {});
      run.write(RunDirectory.BAD_IMAGES, out -> {});
      run.write("pictures/curve.png", out -> {});
      run.writeDirectory(RunDirectory.EVALUATION, at -> put(new Path(at, "_SUCCESS"), ""));
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
        run.markTrained();
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
