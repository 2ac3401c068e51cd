package org.sparkvae.job.apply.stage;

import java.io.Serializable;
import java.util.Map;
import org.sparkvae.job.apply.SeenImage;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.data.images.ImageBlock;

/**
 * How a model sees test images.
 *
 * @param binariser makes what it sees of them
 * @param labelNames what labels stand for
 */
public record Seeing(Binariser binariser, Map<Integer, String> labelNames) implements Serializable {
  private static final Binariser AS_IT_IS = new Binariser.Intensity();

  /** Test images are binarised once, with the key of no epoch of training. */
  private static final long EPOCH = 0;

  /** An image that is alone in its block. */
  public SeenImage of(ImageBlock image) {
    return of(image, 0, null);
  }

  /**
   * An image of a block in the heap.
   *
   * @param image its number
   * @param mask null for none
   */
  SeenImage of(ImageBlock block, int image, byte[] mask) {
    float[] values = new float[block.values()];
    binariser.write(block, image, EPOCH, values, 0);
    int label = block.labels()[image];
    return new SeenImage(
        block.ids()[image],
        label,
        labelNames.get(label),
        block.name(image).idText(),
        block.name(image).path(),
        values,
        () -> intensities(block, image),
        mask);
  }

  private static float[] intensities(ImageBlock block, int image) {
    float[] values = new float[block.values()];
    AS_IT_IS.write(block, image, EPOCH, values, 0);
    return values;
  }
}
