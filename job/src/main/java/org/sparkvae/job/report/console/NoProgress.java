package org.sparkvae.job.report.console;

/** Shows nothing, where nobody wants to know. */
record NoProgress() implements ProgressDisplay {
  @Override
  public void show(String stage, long done, long total, String unit) {}

  @Override
  public void clear() {}
}
