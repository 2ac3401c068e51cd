package org.sparkvae.job.evaluate;

/** Hears of the evaluation's progress, on the driver. */
@FunctionalInterface
public interface EvaluationListener {
  /**
   * Some images' worth of samples are done, in this job or before; called a few times a second, and
   * once at the end.
   *
   * @param done never falls, and ends at {@code images}
   * @param images of the whole pass
   */
  void progress(long done, long images);

  /**
   * Some images have their scores from a job that was cut off; called at most once, first.
   *
   * @param found at least 1
   * @param images of the whole pass
   */
  default void found(long found, long images) {}
}
