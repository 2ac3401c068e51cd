package org.sparkvae.job.report.console;

/** How far a long stage has come, shown below the lines already printed. */
sealed interface ProgressDisplay permits ProgressBar, ProgressLines, NoProgress {
  /**
   * Shows, perhaps, that a stage has come so far.
   *
   * @param stage such as "epoch 3/20"
   * @param done of {@code total}
   * @param unit what is counted, such as "images"
   */
  void show(String stage, long done, long total, String unit);

  /** Takes away what is shown, so that a line can be printed. */
  void clear();
}
