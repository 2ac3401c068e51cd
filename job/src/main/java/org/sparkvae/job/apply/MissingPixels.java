package org.sparkvae.job.apply;

import java.io.Serializable;
import java.util.Optional;
import org.sparkvae.network.Shape;

/** Which pixels of an image are taken for missing; a kind's components are its settings. */
public sealed interface MissingPixels extends Serializable permits AtRandom, Half, Block, Column {
  /**
   * The missing pixels of an image.
   *
   * @param shape of the image
   * @param mask what a column holds of the image; null where none was asked for
   * @param key of the image's noise, from {@link org.sparkvae.noise.Noise#key}
   * @return [height * width], row by row
   * @throws IllegalArgumentException where they do not fit the image, in the rest of a sentence
   */
  boolean[] of(Shape shape, byte[] mask, long key);

  /** Why they do not fit images of a shape, whichever these are, in the rest of a sentence. */
  default Optional<String> misfit(Shape shape) {
    return Optional.empty();
  }

  /** The column that says so, where one does; what is there in the pixels then means nothing. */
  default Optional<String> column() {
    return Optional.empty();
  }
}
