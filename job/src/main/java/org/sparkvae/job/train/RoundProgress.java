package org.sparkvae.job.train;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.sparkvae.job.compute.Slots;
import org.sparkvae.job.exchange.MeetingPoint;

/** Waits for the job of an epoch, and tells a listener how many rounds are done. */
final class RoundProgress {
  private static final long INTERVAL_MILLISECONDS = 200;

  /** A cluster may take so long to replace an executor. */
  private static final long PATIENCE_NANOSECONDS = TimeUnit.SECONDS.toNanos(20);

  private final SparkContext spark;
  private final int tasks;
  private final TrainingListener listener;
  private final EpochPlan epoch;
  private final int rounds;
  private int told;
  private long enoughSlots;

  /**
   * Of an epoch.
   *
   * @param tasks that must all run at once
   * @param rounds of the epoch
   */
  RoundProgress(
      SparkContext spark, int tasks, TrainingListener listener, EpochPlan epoch, int rounds) {
    this.spark = spark;
    this.tasks = tasks;
    this.listener = listener;
    this.epoch = epoch;
    this.rounds = rounds;
  }

  /** Waits until the tasks can run at once; false where that takes too long. */
  boolean awaitSlots() {
    enoughSlots = System.nanoTime();
    while (Slots.of(spark) < tasks) {
      if (isOutOfPatience()) {
        return false;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(INTERVAL_MILLISECONDS));
    }
    return true;
  }

  /**
   * Waits for a job.
   *
   * @param point where its tasks meet
   * @return nothing where there have been too few slots for them for some time; the job is
   *     cancelled then
   * @throws RuntimeException what stopped the job
   */
  <T> Optional<List<T>> await(JavaFutureAction<List<T>> job, MeetingPoint point) {
    enoughSlots = System.nanoTime();
    while (true) {
      try {
        List<T> result = job.get(INTERVAL_MILLISECONDS, TimeUnit.MILLISECONDS);
        tell(rounds);
        return Optional.of(result);
      } catch (TimeoutException stillRunning) {
        tell(PartAveraging.rounds(point.held()));
      } catch (InterruptedException interrupted) {
        job.cancel(true);
        Thread.currentThread().interrupt();
        throw new IllegalStateException("training was interrupted", interrupted);
      } catch (ExecutionException failed) {
        throw unchecked(failed.getCause());
      }
      if (Slots.of(spark) >= tasks) {
        enoughSlots = System.nanoTime();
      } else if (isOutOfPatience()) {
        job.cancel(true);
        return Optional.empty();
      }
    }
  }

  private boolean isOutOfPatience() {
    return System.nanoTime() - enoughSlots > PATIENCE_NANOSECONDS;
  }

  private void tell(int now) {
    if (now > told) {
      told = now;
      listener.round(epoch.epoch(), epoch.epochs(), now, rounds);
    }
  }

  /** Spark's own exception is a checked one that its Scala methods do not declare. */
  private static RuntimeException unchecked(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RuntimeException unchecked) {
        return unchecked;
      }
    }
    return new IllegalStateException(failure.getMessage(), failure);
  }
}
