package org.sparkvae.job.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparkvae.job.storage.StoredFiles.names;
import static org.sparkvae.job.storage.StoredFiles.text;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkvae.job.fixtures.FaultyFileSystem;

/** Of the jobs that want a directory, one has it for as long as it renews its lease. */
class RunLockTest {
  private static final LockOwner SELF = LockOwner.current("application-1");
  private static final LockOwner ELSEWHERE =
      new LockOwner(
          "elsewhere", 1, SELF.started(), SELF.pidNamespace(), "application-0", "elsewhere1");
  private static final Clock NOW = Clock.systemUTC();
  private static final Clock LATER = Clock.offset(NOW, RunLock.LEASE.plusSeconds(5));
  private static final String FULL = "No space left on device";

  static Stream<Path> places() {
    return Places.fresh();
  }

  @ParameterizedTest
  @MethodSource("places")
  void aHolderThatWasTakenOverChangesNothing(Path path) throws IOException {
    FileSystem fileSystem = Places.fileSystem(path);
    fileSystem.mkdirs(path);
    RunLock first = RunLock.acquire("run.directory", fileSystem, path, ELSEWHERE, NOW);
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
    Path file = new Path(path, "_running");
    try (RunLock lock = RunLock.acquire("run.directory", fileSystem, path, ELSEWHERE, NOW)) {
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
    RunLock first = RunLock.acquire("run.directory", fileSystem, path, ELSEWHERE, clock);
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
