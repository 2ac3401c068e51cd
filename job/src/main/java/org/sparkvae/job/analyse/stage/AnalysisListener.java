package org.sparkvae.job.analyse.stage;

import org.apache.hadoop.fs.Path;

/** Hears of an analysis's progress, on the driver. */
public interface AnalysisListener {
  /**
   * Some images are done, in this job or before; called a few times a second.
   *
   * @param done never falls
   */
  void progress(String kind, long done, long images);

  /** Some images were done by a job that was cut off; called at most once, first. */
  void found(String kind, long found, long images);

  /** Another analysis of the kind was there, and is kept. */
  void kept(String kind, Path place);
}
