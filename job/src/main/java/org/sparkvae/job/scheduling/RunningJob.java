package org.sparkvae.job.scheduling;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.spark.api.java.JavaFutureAction;

/** A Spark job that is waited for. */
public final class RunningJob {
  private static final long INTERVAL_MILLISECONDS = 200;

  private RunningJob() {}

  /**
   * Waits for a job.
   *
   * @param what it does, for the message of an interrupt
   * @param goesOn is asked some times a second while the job runs; where it says no, the job is
   *     cancelled
   * @return what the job collected; nothing where it was cancelled
   * @throws RuntimeException what stopped the job, as a task threw it where it was unchecked
   */
  public static <T> Optional<List<T>> await(
      JavaFutureAction<List<T>> job, String what, BooleanSupplier goesOn) {
    while (true) {
      try {
        return Optional.of(job.get(INTERVAL_MILLISECONDS, TimeUnit.MILLISECONDS));
      } catch (TimeoutException stillRunning) {
        if (!goesOn.getAsBoolean()) {
          job.cancel(true);
          return Optional.empty();
        }
      } catch (InterruptedException interrupted) {
        job.cancel(true);
        Thread.currentThread().interrupt();
        throw new IllegalStateException(what + " was interrupted", interrupted);
      } catch (ExecutionException failed) {
        throw unchecked(failed.getCause());
      }
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
