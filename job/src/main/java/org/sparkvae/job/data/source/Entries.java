package org.sparkvae.job.data.source;

import java.io.Closeable;
import java.io.IOException;
import org.sparkvae.job.data.conversion.ImageFacts;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.faults.UnusableImageException;
import org.sparkvae.job.data.images.ImageName;

/**
 * What one task reads of a source: a cursor over images in source order, before the first at first.
 */
public interface Entries extends Closeable {
  /**
   * Moves to the next image; false at the end.
   *
   * @throws DataException where the source is wrong as a whole
   */
  boolean next() throws IOException;

  /** How messages name the image. */
  String name();

  /** The image's id, or what the source's {@link OpenSource.Numbering} makes one of. */
  long id();

  /** How a person finds the image in its source. */
  default ImageName ownName() {
    return ImageName.NONE;
  }

  /** The image's label, -1 for none. */
  int label() throws UnusableImageException;

  /** Writes the image's values to {@code out[offset ..]}; what else there is to say of it. */
  ImageFacts pixels(byte[] out, int offset) throws IOException, UnusableImageException;
}
