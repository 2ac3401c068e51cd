package org.sparkvae.job.train.worker;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.job.data.images.ImageBlock;

/**
 * A block of packed images as the data set that Deeplearning4j's Spark interface asks for.
 *
 * <p>It stays a byte a value: the array of {@link #getFeatures} is made at each call, and {@code
 * AveragingMaster} never calls it. There are no labels.
 */
public final class PackedImages extends DataSet {
  private final ImageBlock block;

  /** Wraps a block without a copy. */
  public PackedImages(ImageBlock block) {
    this.block = block;
  }

  /**
   * The block within a data set.
   *
   * @throws IllegalArgumentException where it holds none
   */
  public static ImageBlock block(DataSet data) {
    if (data instanceof PackedImages packed) {
      return packed.block;
    }
    throw new IllegalArgumentException(
        "AveragingMaster trains on PackedImages, not on " + data.getClass().getName());
  }

  /** The pixel intensities in [0, 1], [images, values], a fresh array. */
  @Override
  public INDArray getFeatures() {
    byte[] pixels = block.pixels();
    float[] values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (pixels[i] & 0xff) / 255f;
    }
    return Nd4j.createFromArray(values)
        .castTo(DataType.FLOAT)
        .reshape(block.size(), block.size() == 0 ? 0 : values.length / block.size());
  }

  @Override
  public int numExamples() {
    return block.size();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PackedImages packed && packed.block == block;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(block);
  }
}
