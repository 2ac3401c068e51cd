package org.sparkvae.job.train.rounds;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.sparkvae.job.exchange.MeetingPoint;
import org.sparkvae.job.scheduling.RunningJob;
import org.sparkvae.job.scheduling.Slots;

/** Waits for the job of an epoch, and tells a listener how many rounds are done. */
final class RoundProgress {
  private static final long INTERVAL_MILLISECONDS = 200;

  /** A cluster may take so long to replace an executor. */
  private static final long PATIENCE_NANOSECONDS = TimeUnit.SECONDS.toNanos(20);

  private final SparkContext spark;
  private final int tasks;
  private final RoundListener listener;
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
      SparkContext spark, int tasks, RoundListener listener, EpochPlan epoch, int rounds) {
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
    Optional<List<T>> result =
        RunningJob.await(
            job,
            "training",
            () -> {
              tell(PartAveraging.rounds(point.held()));
              return hasSlots();
            });
    if (result.isPresent()) {
      tell(rounds);
    }
    return result;
  }

  /** Whether there are enough, or were a short while ago. */
  private boolean hasSlots() {
    if (Slots.of(spark) >= tasks) {
      enoughSlots = System.nanoTime();
    }
    return !isOutOfPatience();
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
}
