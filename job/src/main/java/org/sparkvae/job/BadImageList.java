package org.sparkvae.job;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.sparkvae.job.checkpoint.EvaluationDirectory;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.data.LeftOut;
import org.sparkvae.job.data.faults.BadImages;

/** Lists the images that were left out, in {@code bad-images.json}. */
final class BadImageList {
  private BadImageList() {}

  /**
   * Stores and tells what was left out; what is stored of sources that were not read again stays.
   *
   * @param directory where the list is
   */
  static void tell(LeftOut leftOut, EvaluationDirectory directory, Messages messages)
      throws IOException {
    BadImages bad = leftOut.all();
    Optional<LeftOut> earlier = directory.text(RunDirectory.BAD_IMAGES).map(LeftOut::parse);
    if (bad.count() > 0 || earlier.isPresent()) {
      directory.writeText(
          RunDirectory.BAD_IMAGES, earlier.map(leftOut::over).orElse(leftOut).json());
    }
    if (bad.count() > 0) {
      messages
          .console()
          .line(
              "%s, listed in %s/%s"
                  .formatted(counted(bad), directory.path(), RunDirectory.BAD_IMAGES));
    }
  }

  /** Tells what was left out by a job that leaves the run's list as it is. */
  static void tell(LeftOut leftOut, Messages messages) {
    BadImages bad = leftOut.all();
    if (bad.count() > 0) {
      messages
          .console()
          .line("%s, the first of them %s".formatted(counted(bad), bad.listed().get(0).image()));
    }
  }

  private static String counted(BadImages bad) {
    return String.format(
        Locale.ROOT,
        "Left out %,d bad image%s (%s)",
        bad.count(),
        bad.count() == 1 ? "" : "s",
        bad.kinds());
  }
}
