package org.sparkvae.job.evaluate.scoring;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import scala.Tuple2;

/** Joins each image's parts into its score; the parts come sorted by image id. */
final class JoinIterator implements Iterator<ImageScore> {
  private final Iterator<Tuple2<Long, ImagePart>> parts;
  private final int samples;
  private ImagePart ahead;

  /**
   * @param samples K, per image
   */
  JoinIterator(Iterator<Tuple2<Long, ImagePart>> parts, int samples) {
    this.parts = parts;
    this.samples = samples;
    advance();
  }

  private void advance() {
    ahead = parts.hasNext() ? parts.next()._2() : null;
  }

  @Override
  public boolean hasNext() {
    return ahead != null;
  }

  @Override
  public ImageScore next() {
    if (ahead == null) {
      throw new NoSuchElementException();
    }
    long id = ahead.id();
    List<ImagePart> image = new ArrayList<>();
    while (ahead != null && ahead.id() == id) {
      image.add(ahead);
      advance();
    }
    return image.get(0).joined(image, samples);
  }
}
