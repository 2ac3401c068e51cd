package org.sparkvae.job.ml;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** What is printed, line by line to a log. */
final class LogLines extends OutputStream {
  private final Consumer<String> log;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private LogLines(Consumer<String> log) {
    this.log = log;
  }

  /** A stream whose whole lines a log gets. */
  static PrintStream to(Consumer<String> log) {
    return new PrintStream(new LogLines(log), true, StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void write(int value) {
    if (value != '\n') {
      line.write(value);
    } else {
      log.accept(line.toString(StandardCharsets.UTF_8));
      line.reset();
    }
  }
}
