package org.sparkvae.job.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparkvae.job.storage.StoredFiles.names;
import static org.sparkvae.job.storage.StoredFiles.put;
import static org.sparkvae.job.storage.StoredFiles.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.storage.LockOwner;
import org.sparkvae.job.storage.Places;
import org.sparkvae.job.storage.RunLock;

/** Of the jobs that want a run directory, one has it. */
class LockedDirectoryTest {
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
}
