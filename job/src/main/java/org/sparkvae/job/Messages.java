package org.sparkvae.job;

import java.io.PrintStream;
import org.sparkvae.job.report.console.Console;
import org.sparkvae.job.settings.reading.Secrets;

/**
 * What a run says while it runs.
 *
 * @param console where progress and results go
 * @param err where warnings go
 */
record Messages(Console console, PrintStream err) {
  void warn(String line) {
    console.clear();
    err.println("spark-vae: warning: " + Secrets.hideIn(line));
  }
}
