package org.sparkvae.job.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Which process holds a run directory.
 *
 * @param host its name
 * @param pid its number there
 * @param started when it started, as far as the system tells, else ""
 * @param pidNamespace what its number is unique in, else "": containers of one host may share a
 *     host name, and so may machines, whose first namespaces have one number everywhere
 * @param application Spark's application id
 * @param id unique to one opening of the directory
 */
public record LockOwner(
    String host, long pid, String started, String pidNamespace, String application, String id) {
  /** Zombies and the dead, as Linux calls them. */
  private static final String ENDED = "ZX";

  public static LockOwner current(String application) {
    ProcessHandle process = ProcessHandle.current();
    return new LockOwner(
        hostName(), process.pid(), startOf(process), ownPidNamespace(), application, uniqueId());
  }

  /** Whether the process is certainly gone, seen from another one. */
  boolean isDead(LockOwner observer) {
    if (!host.equals(observer.host) || !pidNamespace.equals(observer.pidNamespace)) {
      return false;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    return process.isEmpty() || !startOf(process.get()).equals(started) || hasEnded(pid);
  }

  /** Whether only its entry is left, for a parent that has not asked how it ended. */
  private static boolean hasEnded(long pid) {
    try {
      // The state follows the name, which is in parentheses and may hold some.
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), ISO_8859_1);
      return ENDED.contains(stat.substring(stat.lastIndexOf(')') + 1).strip().substring(0, 1));
    } catch (IOException | IndexOutOfBoundsException e) {
      // Where there is no such file, the others decide.
      return false;
    }
  }

  /** Whether it was an earlier attempt of the observer's own Spark application. */
  boolean isEarlierAttempt(LockOwner observer) {
    boolean sameProcess =
        host.equals(observer.host) && pid == observer.pid && started.equals(observer.started);
    return application.equals(observer.application) && !sameProcess;
  }

  private static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // Equal to no other host's, so that the lease alone decides.
      return "unknown-" + uniqueId();
    }
  }

  private static String ownPidNamespace() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid"))
          + " of boot "
          + Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  private static String uniqueId() {
    return UUID.randomUUID().toString();
  }
}
