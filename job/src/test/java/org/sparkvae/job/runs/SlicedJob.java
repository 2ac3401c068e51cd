package org.sparkvae.job.runs;

import org.sparkvae.job.WholeCommand;
import org.sparkvae.job.evaluate.Slicing;

/** The command in a process of its own, which stores even a short evaluation in four slices. */
final class SlicedJob {
  static final Slicing FOUR = new Slicing(1, 4);

  private SlicedJob() {}

  /** Runs the command with these arguments. */
  public static void main(String[] arguments) {
    System.exit(WholeCommand.run(FOUR, System.out, System.err, arguments));
  }
}
