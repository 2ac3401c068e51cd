package org.sparkvae.job.runs;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import org.sparkvae.job.WholeCommand;

/** The command in a process of its own, which stands still after epoch 3 until it is killed. */
final class StoppingJob {
  static final String EPOCH_3 = " *3/\\d+ .*";

  private StoppingJob() {}

  /** Runs the command with these arguments. */
  public static void main(String[] arguments) {
    WholeCommand.main(new StoppingStream(), arguments);
  }

  private static final class StoppingStream extends PrintStream {
    StoppingStream() {
      super(System.out, true);
    }

    @Override
    public void println(String line) {
      super.println(line);
      if (line.matches(EPOCH_3)) {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
  }
}
