package org.sparkvae.job;

import java.io.PrintStream;
import org.sparkvae.job.evaluate.Slicing;

/** The command with parts that only tests exchange, for the tests' other rooms. */
public final class WholeCommand {
  private WholeCommand() {}

  /**
   * Runs the command in this process.
   *
   * @param slicing how finely an evaluation's progress is stored
   * @return the exit status
   */
  public static int run(Slicing slicing, PrintStream out, PrintStream err, String... arguments) {
    VaeJob job = new VaeJob(new SparkPipeline(new JobStages(out, err, slicing)));
    return job.run(arguments, out, err);
  }

  /** Runs the command as this process's main, which prints elsewhere. */
  public static void main(PrintStream out, String... arguments) {
    VaeJob.main(arguments, out);
  }
}
