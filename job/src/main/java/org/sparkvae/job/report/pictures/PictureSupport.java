package org.sparkvae.job.report.pictures;

import java.util.Optional;
import org.sparkvae.job.report.drawing.Canvas;
import org.sparkvae.job.report.drawing.Style;

/** Whether this Java runtime can draw pictures: slim containers often come without any font. */
public final class PictureSupport {
  private static final String HOME = "user.home";

  private PictureSupport() {}

  /** Why pictures cannot be drawn here, and what to do, in one line; empty where they can. */
  public static Optional<String> obstacle() {
    // At its first text the JDK writes a list of fonts below the home directory, if it can.
    String home = System.setProperty(HOME, "/dev/null");
    try {
      new Canvas(1, 1).width("log p(x)", Style.TEXT);
      return Optional.empty();
    } catch (RuntimeException | LinkageError | InternalError e) {
      return Optional.of(
          "no pictures: this Java runtime cannot draw text ("
              + e
              + "); install fontconfig and a font, or set report.pictures = false");
    } finally {
      System.setProperty(HOME, home);
    }
  }
}
