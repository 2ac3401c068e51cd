package org.sparkvae.job.report;

/** Shows nothing: a file or a log keeps whole lines only, and no control characters. */
record NoProgress() implements Progress {
  @Override
  public void show(String stage, long done, long total, String unit) {}

  @Override
  public void clear() {}
}
