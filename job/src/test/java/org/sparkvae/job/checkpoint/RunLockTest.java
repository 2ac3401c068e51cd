package org.sparkvae.job.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparkvae.job.checkpoint.StoredFiles.names;
import static org.sparkvae.job.checkpoint.StoredFiles.put;
import static org.sparkvae.job.checkpoint.StoredFiles.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkvae.job.fixtures.FaultyFileSystem;
import org.sparkvae.job.settings.SettingsException;

/** Of the jobs that want a run directory, one has it. */
class RunLockTest {
  private static final Configuration HADOOP = new Configuration();
  private static final LockOwner SELF = LockOwner.current("application-1");
  private static final Clock NOW = Clock.systemUTC();
  private static final String FULL = "No space left on device";
  private static final Clock LATER = Clock.offset(NOW, RunLock.LEASE.plusSeconds(5));

  static Stream<Path> places() {
    return Places.fresh();
  }

  private static RunDirectory open(Path path) {
    return RunDirectory.open(path.toString(), HADOOP, "application-1");
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
  @Timeout(60)
  void aKilledProcessThatNobodyHasWaitedForHoldsNothing() throws IOException {
    // The shell starts a process, and becomes one that does not wait for it.
    Process parent =
        new ProcessBuilder("sh", "-c", "sleep 1000 & echo $!; exec sleep 1000").start();
    try (BufferedReader out = parent.inputReader()) {
      long pid = Long.parseLong(out.readLine());
      ProcessHandle child = ProcessHandle.of(pid).orElseThrow();
      String started = child.info().startInstant().orElseThrow().toString();
      LockOwner owner =
          new LockOwner(
              SELF.host(), pid, started, SELF.pidNamespace(), "application-0", "id" + pid);
      Path path = Places.local();
      leaveLock(path, owner);
      assertThatThrownBy(() -> open(path)).hasMessageContaining("in use by process " + pid);

      child.destroyForcibly();
      while (!Files.readString(java.nio.file.Path.of("/proc/" + pid + "/stat")).contains(") Z ")) {
        Thread.onSpinWait();
      }

      assertThat(child.isAlive()).as("in the process table").isTrue();
      open(path).close();
    } finally {
      parent.descendants().forEach(ProcessHandle::destroyForcibly);
      parent.destroyForcibly();
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
    RunLock first = RunLock.acquire("run.directory", fileSystem, path, elsewhere, NOW);
    first.renew();
    first.requireHeld();
    RunLock second = RunLock.acquire("run.directory", fileSystem, path, SELF, LATER);

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
    try (RunLock lock = RunLock.acquire("run.directory", fileSystem, path, elsewhere, NOW)) {
      long long_ago = NOW.millis() - Duration.ofHours(1).toMillis();
      fileSystem.setTimes(file, long_ago, -1);

      lock.renew();

      assertThat(fileSystem.getFileStatus(file).getModificationTime())
          .isGreaterThan(long_ago + 1_000_000);
    }
  }

  static Stream<Throwable> failures() throws ReflectiveOperationException {
    Constructor<FSError> constructor = FSError.class.getDeclaredConstructor(Throwable.class);
    constructor.setAccessible(true);
    return Stream.of(
        constructor.newInstance(new IOException(FULL)),
        new IOException(FULL),
        new IllegalStateException(FULL),
        new NoClassDefFoundError("x"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aRenewalThatFailsIsTriedAgain(Throwable failure) throws IOException {
    Path path = Places.local();
    FailingDisk disk = new FailingDisk(path, failure);
    try (RunLock lock = RunLock.acquire("run.directory", disk, path, SELF, NOW)) {
      disk.failing = true;
      lock.renewQuietly();
      assertThat(text(new Path(path, "_running"))).doesNotContain(SELF.id());
      lock.requireHeld();

      disk.failing = false;
      lock.renewQuietly();
      assertThat(text(new Path(path, "_running"))).contains(SELF.id());
      lock.requireHeld();
    }
    assertThat(names(path)).isEmpty();
  }

  @Test
  void aLockThatIsLeftHalfWrittenIsGivenBackWithinItsLease() throws IOException {
    Path path = Places.local();
    FailingDisk disk = new FailingDisk(path, new IOException(FULL));
    try (RunLock lock = RunLock.acquire("run.directory", disk, path, SELF, NOW)) {
      disk.failing = true;
      lock.renewQuietly();
    }
    assertThat(names(path)).isEmpty();

    SettableClock clock = new SettableClock();
    try (RunLock lock = RunLock.acquire("run.directory", disk, path, SELF, clock)) {
      lock.renewQuietly();
      clock.now = LATER.instant();
    }
    assertThat(names(path)).as("it may be another job's that takes over").contains("_running");
  }

  @Test
  void aLeaseThatRanOutUnrenewedHoldsNothingUntilItIsRenewed() throws Exception {
    for (Throwable failure : failures().filter(f -> !(f instanceof LinkageError)).toList()) {
      Path path = Places.local();
      FailingDisk disk = new FailingDisk(path, failure);
      SettableClock clock = new SettableClock();
      try (RunLock lock = RunLock.acquire("run.directory", disk, path, SELF, clock)) {
        AtomicFiles files = new AtomicFiles(Places.fileSystem(path), lock::requireHeld);
        disk.failing = true;
        clock.now = clock.now.plus(RunLock.LEASE);
        files.file(new Path(path, "early"), out -> {});
        clock.now = clock.now.plusSeconds(1);

        assertThatThrownBy(() -> files.file(new Path(path, "late"), out -> {}))
            .isInstanceOf(IOException.class)
            .hasMessage(
                "%s could not be renewed for 60 s (%s), so that another job may take over",
                new Path(path, "_running"), FULL);
        assertThat(names(path)).containsExactly("_running", "early");

        disk.failing = false;
        files.file(new Path(path, "late"), out -> {});
        assertThat(text(new Path(path, "_running"))).contains(SELF.id());
        disk.failing = true;
        clock.now = clock.now.plus(RunLock.LEASE);
        files.file(new Path(path, "later"), out -> {});
      }
    }
  }

  @ParameterizedTest
  @MethodSource("places")
  void aLeaseThatRanOutIsNotTakenBackFromAnotherJob(Path path) throws IOException {
    FileSystem fileSystem = Places.fileSystem(path);
    fileSystem.mkdirs(path);
    SettableClock clock = new SettableClock();
    LockOwner elsewhere = owner("elsewhere", 1, "application-0");
    RunLock first = RunLock.acquire("run.directory", fileSystem, path, elsewhere, clock);
    try (RunLock second = RunLock.acquire("run.directory", fileSystem, path, SELF, LATER)) {
      clock.now = LATER.instant();

      assertThatThrownBy(first::requireHeld)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("was taken over by another job");
      second.requireHeld();
      assertThat(text(new Path(path, "_running"))).contains(SELF.id());
    }
    first.close();
  }

  private static final class SettableClock extends Clock {
    private Instant now = NOW.instant();

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  /** The local disk, on which a write fails half-way for as long as it is told to. */
  private static final class FailingDisk extends FaultyFileSystem {
    private final Throwable failure;
    private boolean failing;

    FailingDisk(Path path, Throwable failure) throws IOException {
      super(Places.fileSystem(path));
      this.failure = failure;
      mkdirs(path);
    }

    @Override
    protected boolean failsAt(String change) {
      return failing && change.startsWith("write ");
    }

    @Override
    protected void fail(String change) throws IOException {
      if (failure instanceof IOException checked) {
        throw checked;
      }
      if (failure instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw (Error) failure;
    }
  }
}
