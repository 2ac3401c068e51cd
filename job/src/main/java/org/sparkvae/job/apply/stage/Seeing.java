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
    return of(image, null);
  }

  /**
   * The same with a mask.
   *
   * @param mask null for none
   */
  SeenImage of(ImageBlock image, byte[] mask) {
    float[] values = new float[image.values()];
    binariser.write(image, 0, EPOCH, values, 0);
    float[] shown = values;
    if (!binariser.equals(AS_IT_IS)) {
      shown = new float[values.length];
      AS_IT_IS.write(image, 0, EPOCH, shown, 0);
    }
    int label = image.labels()[0];
    return new SeenImage(
        image.ids()[0],
        label,
        labelNames.get(label),
        image.name(0).idText(),
        image.name(0).path(),
        values,
        shown,
        mask);
  }
}
