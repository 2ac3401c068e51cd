package org.sparkvae.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A short job on {@link DrawnImages} as IDX files, on the local disk. */
final class DrawnJob {
  private DrawnJob() {}

  /**
   * Writes {@code images/} and {@code job.conf}, without a run directory.
   *
   * @param more settings beside those of the images
   * @return the path of the settings
   */
  static String write(Path folder, String more) throws IOException {
    Path images = folder.resolve("images");
    DrawnImages.write(images);
    String settings = DrawnImages.conf(images.toString(), "idx", "idx");
    return Files.writeString(folder.resolve("job.conf"), settings + more + "\n").toString();
  }
}
