package org.sparkvae.job.data.idx;

import java.io.IOException;
import org.sparkvae.job.data.conversion.ImageFacts;
import org.sparkvae.job.data.conversion.ImageForm;
import org.sparkvae.job.data.conversion.ValueRange;
import org.sparkvae.job.data.faults.UnusableImageException;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.data.source.Entries;

/** A range of the images of an IDX file with their labels; ids count from 0 in the file. */
final class IdxEntries implements Entries {
  private final String path;
  private final ImageShape stored;
  private final IdxCursor images;
  private final IdxCursor labels;
  private final long end;
  private final ImageForm form;
  private final byte[] label = new byte[1];
  private long id;

  /**
   * Takes cursors that stand before the first image of a range.
   *
   * @param file the image file
   * @param images there
   * @param labels there; null where there are none
   * @param range the first image, and the one after the last
   * @param form that all get
   */
  IdxEntries(IdxFile file, IdxCursor images, IdxCursor labels, long[] range, ImageForm form) {
    this.path = file.path();
    this.stored = file.shape();
    this.images = images;
    this.labels = labels;
    this.end = range[1];
    this.id = range[0] - 1;
    this.form = form;
  }

  @Override
  public boolean next() throws IOException {
    if (id + 1 < end) {
      id++;
      if (labels != null) {
        labels.read(label, 0);
      }
      return true;
    }
    images.checkRest();
    if (labels != null) {
      labels.checkRest();
    }
    return false;
  }

  @Override
  public String name() {
    return path + ", image " + id;
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public int label() {
    return labels == null ? -1 : label[0] & 0xff;
  }

  @Override
  public ImageFacts pixels(byte[] out, int offset) throws IOException, UnusableImageException {
    ValueRange range =
        form.fill(
            stored.width(),
            stored.height(),
            (to, at) -> {
              images.read(to, at);
              return form.levels().replace(to, at, stored.values());
            },
            out,
            offset);
    boolean resized = !form.isOfItsSize(stored.width(), stored.height());
    return new ImageFacts(range, resized, false, false);
  }

  @Override
  public void close() throws IOException {
    images.close();
    if (labels != null) {
      labels.close();
    }
  }
}
