package org.sparkvae.job.scheduling;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Does something some times a second, on a thread of its own, until it is closed. */
public final class Ticker {
  private static final long MILLISECONDS = 200;

  private final ScheduledExecutorService executor;

  /** Begins. */
  public Ticker(Runnable tick) {
    executor =
        Executors.newSingleThreadScheduledExecutor(
            runnable -> {
              Thread thread = new Thread(runnable, "progress");
              thread.setDaemon(true);
              return thread;
            });
    executor.scheduleAtFixedRate(tick, MILLISECONDS, MILLISECONDS, TimeUnit.MILLISECONDS);
  }

  /** Ends it. */
  public void close() {
    executor.shutdownNow();
  }
}
