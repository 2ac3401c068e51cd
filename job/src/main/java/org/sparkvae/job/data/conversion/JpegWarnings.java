package org.sparkvae.job.data.conversion;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import org.sparkvae.job.data.faults.UnusableImageException;

/**
 * Listens for the warnings by which the JPEG decoder tells that it made up missing or damaged
 * pixels, which it does not treat as errors.
 */
final class JpegWarnings implements IIOReadWarningListener {
  private String damage;

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    boolean harmless = warning.contains("extraneous");
    boolean damaged =
        warning.contains("Truncated")
            || warning.contains("Premature")
            || warning.contains("Corrupt");
    if (damage == null && damaged && !harmless) {
      damage = warning;
    }
  }

  /** Refuses an image that was damaged. */
  void check() throws UnusableImageException {
    if (damage != null) {
      throw new UnusableImageException("damaged", "is damaged: " + damage);
    }
  }
}
