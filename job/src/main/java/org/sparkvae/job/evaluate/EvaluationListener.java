package org.sparkvae.job.evaluate;

/** Hears of the evaluation's progress, on the driver. */
@FunctionalInterface
public interface EvaluationListener {
  /**
   * Some images' worth of samples are done; called a few times a second, and once at the end.
   *
   * @param done never falls, and ends at {@code images}
   * @param images of the whole pass
   */
  void progress(long done, long images);
}
