package org.sparkvae.job.apply.stage;

import org.apache.hadoop.fs.Path;

/** Hears of a stage's progress. */
public interface StageListener {
  /**
   * Some images, or draws, are done, in this job or before; called some times a second, on a thread
   * of its own.
   */
  void progress(String stage, long done, long all);

  /** Some were done by a job that was cut off; called at most once, first. */
  void found(String stage, long found, long all);

  /** Another outcome of the stage was there, and is kept. */
  void kept(String stage, Path place);
}
