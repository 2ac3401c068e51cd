package org.sparkvae.job.report;

import java.util.Optional;

/** Whether this Java runtime can draw pictures: slim containers often come without any font. */
public final class PictureSupport {
  private PictureSupport() {}

  /** Why pictures cannot be drawn here, and what to do, in one line; empty where they can. */
  public static Optional<String> obstacle() {
    try {
      new Canvas(1, 1).width("log p(x)", Style.TEXT);
      return Optional.empty();
    } catch (RuntimeException | LinkageError | InternalError e) {
      return Optional.of(
          "no pictures: this Java runtime cannot draw text ("
              + e
              + "); install fontconfig and a font, or set report.pictures = false");
    }
  }
}
