package org.sparkvae.job;

import org.sparkvae.job.evaluate.Slicing;

/** The command in a process of its own, which stores even a short evaluation in four slices. */
final class SlicedJob {
  static final Slicing FOUR = new Slicing(1, 4);

  private SlicedJob() {}

  /** Runs the command with these arguments. */
  public static void main(String[] arguments) {
    VaeJob job = new VaeJob(new SparkPipeline(new JobStages(System.out, System.err, FOUR)));
    System.exit(job.run(arguments, System.out, System.err));
  }
}
