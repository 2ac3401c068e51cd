package org.sparkvae.job.report.console;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How fast steps have been done of late, hence the time left.
 *
 * <p>Only the last few steps count, because the first ones pay for compilation and caching.
 */
final class Pace {
  private static final int STEPS = 5;
  private static final double NANOS = 1e9;

  private final Deque<Long> times = new ArrayDeque<>();

  /** A step ended, or the first began, at this time in nanoseconds. */
  void mark(long nanos) {
    times.addLast(nanos);
    if (times.size() > STEPS + 1) {
      times.removeFirst();
    }
  }

  /** Seconds that so many more steps will take; NaN where no step was seen yet. */
  double secondsFor(long steps) {
    int seen = times.size() - 1;
    return seen < 1
        ? Double.NaN
        : (times.getLast() - times.getFirst()) / NANOS / seen * Math.max(0, steps);
  }
}
