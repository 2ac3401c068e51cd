package org.sparkvae.job.evaluate;

import java.util.List;
import org.apache.spark.api.java.JavaFutureAction;
import org.sparkvae.job.evaluate.scoring.WorkPlan;
import org.sparkvae.job.scheduling.RunningJob;
import org.sparkvae.job.scheduling.WorkDone;

/** Tells a listener how far a Spark job is, until it ends. */
final class ScoringProgress {
  private final EvaluationListener listener;
  private final WorkDone blocksDone;
  private final WorkPlan plan;
  private final long before;
  private final long all;
  private long last;

  /**
   * Of a job that scores some of the images.
   *
   * @param before how many images were done before it
   * @param all images
   */
  ScoringProgress(
      EvaluationListener listener, WorkDone blocksDone, WorkPlan plan, long before, long all) {
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
    List<T> result = RunningJob.await(job, "the evaluation", this::tell).orElseThrow();
    listener.progress(before + plan.images(), all);
    return result;
  }

  private boolean tell() {
    long done = blocksDone.value() / plan.blocks();
    last = Math.max(last, done);
    listener.progress(before + last, all);
    return true;
  }
}
