package org.sparkvae.job.evaluate;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.util.LongAccumulator;

/** Tells a listener how far a Spark job is, until it ends. */
final class Progress {
  private static final long INTERVAL_MILLISECONDS = 200;

  private final EvaluationListener listener;
  private final LongAccumulator blocksDone;
  private final WorkPlan plan;
  private final long before;
  private final long all;

  /**
   * Of a job that scores some of the images.
   *
   * @param before how many images were done before it
   * @param all images
   */
  Progress(
      EvaluationListener listener,
      LongAccumulator blocksDone,
      WorkPlan plan,
      long before,
      long all) {
    this.listener = listener;
    this.blocksDone = blocksDone;
    this.plan = plan;
    this.before = before;
    this.all = all;
  }

  /**
   * Waits for a job.
   *
   * @throws RuntimeException what stopped the job, as a task threw it where it was unchecked
   */
  <T> List<T> await(JavaFutureAction<List<T>> job) {
    long last = 0;
    while (true) {
      try {
        List<T> result = job.get(INTERVAL_MILLISECONDS, TimeUnit.MILLISECONDS);
        listener.progress(before + plan.images(), all);
        return result;
      } catch (TimeoutException stillRunning) {
        // A task that is run twice counts twice, so the count may run ahead.
        long done = Math.min(plan.images(), blocksDone.value() / plan.blocks());
        last = Math.max(last, done);
        listener.progress(before + last, all);
      } catch (InterruptedException interrupted) {
        job.cancel(true);
        Thread.currentThread().interrupt();
        throw new IllegalStateException("the evaluation was interrupted", interrupted);
      } catch (ExecutionException failed) {
        throw unchecked(failed.getCause());
      }
    }
  }

  private static RuntimeException unchecked(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RuntimeException unchecked) {
        return unchecked;
      }
    }
    return new IllegalStateException(failure.getMessage(), failure);
  }
}
