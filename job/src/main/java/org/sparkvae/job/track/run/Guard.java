package org.sparkvae.job.track.run;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.sparkvae.job.track.Tracker;

/**
 * Keeps a tracker from failing or slowing a run: it is told on a thread of its own, which the run
 * waits for no longer than some seconds; at its first failure a person is told, and it is told no
 * more.
 */
final class Guard implements Closeable {
  /** A tracker may take so long, and so much of a run's time beside. */
  private static final long FREE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final int PART_OF_THE_RUN = 20;

  private final Tracker tracker;
  private final Consumer<String> warnings;
  private final ExecutorService thread;
  private final long start = System.nanoTime();
  private long spent;
  private boolean given = true;

  Guard(Tracker tracker, Consumer<String> warnings) {
    this.tracker = tracker;
    this.warnings = warnings;
    this.thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread daemon = new Thread(work, "tracking-" + tracker.name());
              daemon.setDaemon(true);
              return daemon;
            });
  }

  /** What a tracker is told. */
  @FunctionalInterface
  interface Telling {
    /** Tells it. */
    void tell() throws IOException;
  }

  /** Whether it has not failed. */
  boolean isTold() {
    return given;
  }

  /** Whether it has taken little of the run's time so far; else what can wait should. */
  boolean isQuick() {
    return spent <= FREE_NANOS + (System.nanoTime() - start) / PART_OF_THE_RUN;
  }

  /**
   * Tells the tracker something, unless it has failed.
   *
   * @param most time to wait for it
   * @return whether it was told
   */
  boolean tell(Duration most, Telling telling) {
    if (!given) {
      return false;
    }
    long before = System.nanoTime();
    Future<?> told =
        thread.submit(
            () -> {
              telling.tell();
              return null;
            });
    try {
      told.get(most.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      fail("took more than %.0f s".formatted(most.toMillis() / 1e3));
    } catch (ExecutionException e) {
      fail(reason(e.getCause()));
    } catch (InterruptedException e) {
      // The job is being stopped, which whoever waits next says.
      given = false;
      Thread.currentThread().interrupt();
    } finally {
      told.cancel(true);
      spent += System.nanoTime() - before;
    }
    return false;
  }

  /** Says that the tracker fails, and tells it no more. */
  void fail(String reason) {
    given = false;
    warnings.accept(
        "tracking: %s at %s: %s; the run goes on and tells it no more: %s"
            .formatted(tracker.name(), tracker.place(), reason, tracker.advice()));
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  /** The first line of what is known; a refused connection has no message. */
  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    String line = message == null ? "" : message.lines().findFirst().orElse("");
    return line.isBlank() ? cause.getClass().getSimpleName() : line;
  }
}
