package org.sparkvae.job.apply.stage;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Does something some times a second, on a thread of its own, until it is closed. */
final class Ticker {
  private static final long MILLISECONDS = 200;

  private final ScheduledExecutorService executor;

  Ticker(Runnable tick) {
    executor =
        Executors.newSingleThreadScheduledExecutor(
            runnable -> {
              Thread thread = new Thread(runnable, "progress of a stage");
              thread.setDaemon(true);
              return thread;
            });
    executor.scheduleAtFixedRate(tick, MILLISECONDS, MILLISECONDS, TimeUnit.MILLISECONDS);
  }

  /** Ends it. */
  void close() {
    executor.shutdownNow();
  }
}
