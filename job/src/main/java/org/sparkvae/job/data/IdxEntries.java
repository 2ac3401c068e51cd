package org.sparkvae.job.data;

import java.io.IOException;

/** A range of the images of an IDX file with their labels; ids count from 0 in the file. */
final class IdxEntries implements Entries {
  private final String path;
  private final IdxCursor images;
  private final IdxCursor labels;
  private final long end;
  private final byte[] label = new byte[1];
  private long id;

  /**
   * Takes cursors that stand before image {@code start}.
   *
   * @param path of the image file
   * @param images at start
   * @param labels at start; null where there are none
   * @param start the first image
   * @param end after the last image
   */
  IdxEntries(String path, IdxCursor images, IdxCursor labels, long start, long end) {
    this.path = path;
    this.images = images;
    this.labels = labels;
    this.end = end;
    this.id = start - 1;
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
  public void pixels(byte[] out, int offset) throws IOException {
    images.read(out, offset);
  }

  @Override
  public void close() throws IOException {
    images.close();
    if (labels != null) {
      labels.close();
    }
  }
}
