package org.sparkvae.job.data;

import java.util.Iterator;
import java.util.List;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.shards.ImageSet;

/** The mean image of a set, exact but for the last rounding: sums are whole numbers. */
public final class MeanImage {
  private MeanImage() {}

  /** The mean of every value, [values], in [0, 1]; the same whatever the shards. */
  public static float[] of(ImageSet set) {
    int values = set.shape().values();
    long[] sums =
        set.blocks().mapPartitions(blocks -> sum(blocks, values)).treeReduce(MeanImage::add);
    float[] mean = new float[values];
    for (int d = 0; d < values; d++) {
      mean[d] = (float) (sums[d] / (255.0 * set.images()));
    }
    return mean;
  }

  private static Iterator<long[]> sum(Iterator<ImageBlock> blocks, int values) {
    long[] sums = new long[values];
    while (blocks.hasNext()) {
      byte[] pixels = blocks.next().pixels();
      for (int from = 0; from < pixels.length; from += values) {
        for (int d = 0; d < values; d++) {
          sums[d] += pixels[from + d] & 0xff;
        }
      }
    }
    return List.of(sums).iterator();
  }

  private static long[] add(long[] sums, long[] others) {
    long[] both = sums.clone();
    for (int d = 0; d < both.length; d++) {
      both[d] += others[d];
    }
    return both;
  }
}
