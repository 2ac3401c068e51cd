package org.sparkvae.job;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.data.BadImages;
import org.sparkvae.job.data.DataSets;
import org.sparkvae.job.data.LeftOut;
import org.sparkvae.job.data.PassedOver;

/** What is told of the images that were read: of those that were not used, and why. */
record ImageReport(DataSets data, RunDirectory directory, Messages messages) {

  /**
   * Says it, and stores the list of bad images.
   *
   * @throws IOException where the file system fails
   */
  void tell() throws IOException {
    data.passedOver().forEach(this::tell);
    tellBadImages(data.leftOut());
  }

  private void tell(PassedOver files) {
    List<String> unread = files.unreadImages();
    if (unread.isEmpty()) {
      messages.console().line(files.toString());
    } else {
      messages.warn(
          files
              + "; to use the images among them, convert "
              + String.join(" and ", unread)
              + " to PNG or JPEG");
    }
  }

  private void tellBadImages(LeftOut leftOut) throws IOException {
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
              String.format(
                  Locale.ROOT,
                  "Left out %,d bad image%s (%s), listed in %s/%s",
                  bad.count(),
                  bad.count() == 1 ? "" : "s",
                  bad.kinds(),
                  directory.path(),
                  RunDirectory.BAD_IMAGES));
    }
  }
}
