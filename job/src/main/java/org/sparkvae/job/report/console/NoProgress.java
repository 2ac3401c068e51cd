package org.sparkvae.job.report.console;

/** Shows nothing: a file or a log keeps whole lines only, and no control characters. */
record NoProgress() implements ProgressDisplay {
  @Override
  public void show(String stage, long done, long total, String unit) {}

  @Override
  public void clear() {}
}
