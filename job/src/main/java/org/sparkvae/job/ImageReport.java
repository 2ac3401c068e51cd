package org.sparkvae.job;

import java.util.List;
import org.sparkvae.job.data.DataSets;
import org.sparkvae.job.data.source.PassedOver;

/** What is told of the images that were read, beside those that were left out. */
record ImageReport(DataSets data, Messages messages) {

  /** Says it: files that are none, what is probably wrong, and what was done to images. */
  void tell() {
    data.passedOver().forEach(this::tell);
    data.findings().warnings().forEach(messages::warn);
    data.findings().changes().forEach(messages.console()::line);
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
}
