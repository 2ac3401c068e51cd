package org.sparkvae.job.storage;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparkvae.job.settings.SettingsException;

/**
 * The file {@code _running}, by which one job at a time holds a directory.
 *
 * <p>Its creation is atomic where the file system's is (HDFS, a local disk). The holder writes it
 * anew every quarter of a lease; a lock is stale, and taken over, where the file is older than a
 * lease, or its process is dead on this very host, or it belongs to an earlier attempt of the same
 * Spark application. Ages are measured from the file's modification time, so clocks may differ by
 * less than a lease. A holder that was taken over notices at its next renewal and may then change
 * nothing any more; so does one that could not renew its lease for as long as it lasts, until it
 * can again and finds that nobody has taken over meanwhile.
 */
public final class RunLock implements AutoCloseable {
  public static final String NAME = "_running";
  public static final Duration LEASE = Duration.ofSeconds(60);
  private static final int ATTEMPTS = 3;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FileSystem fileSystem;
  private final Path file;
  private final LockOwner self;
  private final Clock clock;
  private final ScheduledExecutorService renewal;
  private volatile Instant renewed;
  private volatile boolean lost;

  private RunLock(FileSystem fileSystem, Path file, LockOwner self, Clock clock, Instant created) {
    this.fileSystem = fileSystem;
    this.file = file;
    this.self = self;
    this.clock = clock;
    this.renewed = created;
    this.renewal =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "run-lock");
              thread.setDaemon(true);
              return thread;
            });
    long quarter = LEASE.toMillis() / 4;
    renewal.scheduleAtFixedRate(this::renewQuietly, quarter, quarter, TimeUnit.MILLISECONDS);
  }

  /**
   * Takes the lock of a directory.
   *
   * @param key the setting that names it
   * @throws SettingsException where another job holds it
   */
  public static RunLock acquire(
      String key, FileSystem fileSystem, Path directory, LockOwner self, Clock clock)
      throws IOException {
    Path file = new Path(directory, NAME);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Instant begun = clock.instant();
      if (create(fileSystem, file, self)) {
        return new RunLock(fileSystem, file, self, clock, begun);
      }
      try {
        Optional<LockOwner> holder = read(fileSystem, file);
        Duration age = age(fileSystem, file, clock);
        if (!isStale(holder, age, self)) {
          throw inUse(key + " " + directory, holder, age);
        }
        takeAway(fileSystem, file, holder, self);
      } catch (FileNotFoundException e) {
        // Released, or taken away by another job, meanwhile: try again.
        continue;
      }
    }
    throw new SettingsException(
        key + " " + directory + " is being opened by another job: choose another directory");
  }

  /** Throws where another job has taken the directory over, or could have. */
  public void requireHeld() throws IOException {
    if (!lost && hasRunOut()) {
      renewLate();
    }
    if (lost) {
      throw new IOException(
          file.getParent()
              + " was taken over by another job, because this one gave no sign of life for "
              + LEASE.toSeconds()
              + " s");
    }
  }

  /** Shows a sign of life, unless another job has taken over. */
  synchronized void renew() throws IOException {
    Instant begun = clock.instant();
    try {
      Optional<LockOwner> holder = read(fileSystem, file);
      if (holder.isPresent() && !holder.get().id().equals(self.id())) {
        lost = true;
      } else if (!lost) {
        try (OutputStream out = fileSystem.create(file, true)) {
          out.write(JSON.writeValueAsBytes(self));
        }
        renewed = begun;
      }
    } catch (FileNotFoundException e) {
      lost = true;
    } catch (FSError e) {
      throw AtomicFiles.unwrapped(e);
    }
  }

  /** Renews, come what may: a timer that sees anything thrown never ticks again. */
  void renewQuietly() {
    try {
      renew();
    } catch (Throwable e) {
      // The next renewal tries again; a lease survives three failures, and requireHeld tells more.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    renewal.shutdown();
    try {
      renewal.awaitTermination(LEASE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      // One half-written, as on a full disk, is this job's: nobody takes over within its lease.
      if (!lost && read(fileSystem, file).map(self::equals).orElse(!hasRunOut())) {
        fileSystem.delete(file, false);
      }
    } catch (FileNotFoundException e) {
      lost = true;
    }
  }

  private boolean hasRunOut() {
    return Duration.between(renewed, clock.instant()).compareTo(LEASE) > 0;
  }

  private void renewLate() throws IOException {
    try {
      renew();
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "%s could not be renewed for %d s (%s), so that another job may take over"
              .formatted(file, LEASE.toSeconds(), e.getMessage()),
          e);
    }
  }

  private static boolean create(FileSystem fileSystem, Path file, LockOwner self)
      throws IOException {
    byte[] content = JSON.writeValueAsBytes(self);
    if (fileSystem.getUri().getScheme().equals("file")) {
      // Hadoop's local file system looks first and creates later.
      java.nio.file.Path local = java.nio.file.Path.of(file.toUri().getPath());
      try {
        Files.createFile(local);
      } catch (FileAlreadyExistsException e) {
        return false;
      }
      try {
        Files.write(local, content);
        return true;
      } catch (IOException e) {
        // On a full disk; an empty lock would hold the directory for a lease.
        Files.deleteIfExists(local);
        throw e;
      }
    }
    try (OutputStream out = fileSystem.create(file, false)) {
      out.write(content);
      return true;
    } catch (IOException e) {
      if (fileSystem.exists(file)) {
        return false;
      }
      throw e;
    }
  }

  /** The owner; none where the file is just being written. */
  private static Optional<LockOwner> read(FileSystem fileSystem, Path file) throws IOException {
    byte[] content;
    try (InputStream in = fileSystem.open(file)) {
      content = in.readAllBytes();
    }
    try {
      return Optional.of(JSON.readValue(content, LockOwner.class));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static Duration age(FileSystem fileSystem, Path file, Clock clock) throws IOException {
    Instant written = Instant.ofEpochMilli(fileSystem.getFileStatus(file).getModificationTime());
    return Duration.between(written, clock.instant());
  }

  private static boolean isStale(Optional<LockOwner> holder, Duration age, LockOwner self) {
    return age.compareTo(LEASE) > 0
        || holder.filter(o -> o.isDead(self) || o.isEarlierAttempt(self)).isPresent();
  }

  /** Renames the stale lock away, which only one of several openers can do. */
  private static void takeAway(
      FileSystem fileSystem, Path file, Optional<LockOwner> holder, LockOwner self)
      throws IOException {
    Path away = AtomicFiles.temporary(new Path(file.getParent(), NAME + "-" + self.id()));
    if (fileSystem.rename(file, away)) {
      if (read(fileSystem, away).equals(holder)) {
        fileSystem.delete(away, false);
      } else {
        // Another opener was quicker, and this is its lock.
        fileSystem.rename(away, file);
      }
    }
  }

  private static SettingsException inUse(
      String directory, Optional<LockOwner> holder, Duration age) {
    String who =
        holder
            .map(o -> "process %d on %s (%s)".formatted(o.pid(), o.host(), o.application()))
            .orElse("another job");
    long left = Math.max(1, LEASE.minus(age).toSeconds() + 1);
    return new SettingsException(
        "%s is in use by %s: choose another directory, or wait; if that job was killed, try again in %d s"
            .formatted(directory, who, left));
  }
}
