package org.sparkvae.job;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Ends this JVM when the command that started it is gone, be it by a signal that no process can
 * catch.
 *
 * <p>The command alone holds the write end of a pipe, whose read end this JVM inherits: so the pipe
 * ends with the command. The environment variable {@value #VARIABLE} tells the read end's number
 * here and the pipe's name, by which a process that got the variable and not the pipe knows that it
 * is not meant.
 */
final class Lifeline {
  static final String VARIABLE = "SPARK_VAE_LIFELINE";

  private static final Path OPEN_FILES = Path.of("/proc/self/fd");

  /** What Spark's folders and the run's lock take to be cleared up at most. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private Lifeline() {}

  /** Holds on to the pipe, where there is one, in a thread of its own. */
  static void hold(PrintStream err) {
    String[] lifeline = System.getenv().getOrDefault(VARIABLE, "").split(" ", 2);
    if (lifeline.length < 2) {
      return;
    }
    InputStream pipe;
    try {
      Path end = OPEN_FILES.resolve(lifeline[0]);
      if (!Files.readSymbolicLink(end).toString().equals(lifeline[1])) {
        return;
      }
      pipe = new FileInputStream(end.toFile());
    } catch (IOException | RuntimeException e) {
      // No such file here: the pipe is another process's.
      return;
    }
    start("lifeline", () -> endWith(pipe, err));
  }

  private static void endWith(InputStream pipe, PrintStream err) {
    try (pipe) {
      while (pipe.read() >= 0) {
        // Nobody writes.
      }
    } catch (IOException e) {
      // As good as its end.
    }
    err.println("spark-vae: error: the command that started this job was killed: ending it too");
    start("lifeline-grace", Lifeline::halt);
    System.exit(Failure.OTHER);
  }

  private static void halt() {
    try {
      Thread.sleep(GRACE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(Failure.OTHER);
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }
}
