package org.sparkvae.job;

import java.io.PrintStream;
import java.util.Optional;
import org.sparkvae.job.report.console.Console;
import org.sparkvae.job.report.pictures.PictureSupport;
import org.sparkvae.job.settings.ReportSettings;
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

  /** Whether pictures are wanted, and can be drawn; says why not. */
  boolean canDraw(ReportSettings wanted) {
    if (!wanted.pictures()) {
      return false;
    }
    Optional<String> obstacle = PictureSupport.obstacle();
    obstacle.ifPresent(this::warn);
    return obstacle.isEmpty();
  }
}
