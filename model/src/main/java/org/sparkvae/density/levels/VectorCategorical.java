package org.sparkvae.density.levels;

import static org.sparkvae.host.HostFloats.load;
import static org.sparkvae.host.VectorMath.LANES;
import static org.sparkvae.host.VectorMath.SPECIES;
import static org.sparkvae.host.VectorMath.all;

import java.nio.ByteBuffer;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.sparkvae.host.HostFloats;
import org.sparkvae.host.VectorMath;

/**
 * The categorical log-likelihood from logits of levels, over blocks of pixels that stay in cache.
 *
 * <p>The levels of a pixel lie behind those of the one before. The last vector of a pixel reaches
 * into the next pixel: what is read of that is masked, and what is written to it is overwritten by
 * the next pixel's own.
 */
final class VectorCategorical {
  /** Logits of a block, more or less. */
  private static final int BLOCK = 4096;

  private final int pixels;
  private final int levels;
  private final int block;

  /** Of the last vector of a pixel, the lanes that are the pixel's. */
  private final VectorMask<Float> last;

  private final float[] logit;
  private final float[] shift;
  private final float[] power;

  /** By pixel of a block. */
  private final float[] x;

  private final float[] given;
  private final float[] largest;
  private final float[] sum;

  /** By pixel and lane. */
  private final float[] lanes;

  /** For images of so many pixels. */
  VectorCategorical(int pixels, int levels) {
    this.levels = levels;
    this.pixels = pixels;
    this.block = Math.min(pixels, Math.max(1, BLOCK / levels));
    this.last = SPECIES.indexInRange(levels - 1 - (levels - 1) % LANES, levels);
    int values = block * levels + LANES;
    logit = new float[HostFloats.padded(values)];
    shift = new float[HostFloats.padded(values)];
    power = new float[HostFloats.padded(values)];
    int padded = HostFloats.padded(block);
    x = new float[padded];
    given = new float[padded];
    largest = new float[padded];
    sum = new float[padded];
    lanes = new float[padded * LANES];
  }

  /**
   * The value of every row, and its derivative by the logits, which may take their place.
   *
   * @param images [images, pixels]
   * @param logits [rows, pixels * levels]
   * @param bias [pixels * levels]
   * @param residual null for values only
   */
  void score(
      ByteBuffer images, ByteBuffer logits, ByteBuffer bias, double[] out, ByteBuffer residual) {
    int count = images.capacity() / Float.BYTES / pixels;
    Arrays.fill(out, 0);
    for (int first = 0; first < pixels; first += block) {
      int some = Math.min(block, pixels - first);
      HostFloats.read(bias, first * levels, shift, some * levels);
      for (int r = 0; r < out.length; r++) {
        HostFloats.read(images, r % count * pixels + first, x, some);
        int at = (r * pixels + first) * levels;
        HostFloats.read(logits, at, logit, some * levels);
        out[r] += score(some);
        if (residual != null) {
          derive(some);
          HostFloats.write(0, residual, at, power, some * levels);
        }
      }
    }
  }

  /** The sum of log p over some pixels; leaves e^(logit - the largest), and their sums. */
  private double score(int count) {
    addBias(count * levels);
    for (int d = 0; d < count; d++) {
      given[d] = logit[place(d)];
      findLargest(d);
    }
    for (int d = 0; d < count; d++) {
      raise(d);
    }
    addLanes(count);
    float[] nats = given;
    for (int d = 0; d < count; d += LANES) {
      load(given, d).sub(load(largest, d)).sub(VectorMath.log(load(sum, d))).intoArray(nats, d);
    }
    return HostFloats.sum(nats, count);
  }

  /** Where the logit of a pixel's level lies. */
  private int place(int d) {
    return d * levels + CategoricalLogLikelihood.level(x[d], levels);
  }

  private void addBias(int values) {
    for (int i = 0; i < values; i += LANES) {
      load(logit, i).add(load(shift, i)).intoArray(logit, i);
    }
  }

  private void findLargest(int d) {
    int end = (d + 1) * levels;
    FloatVector most = all(Float.NEGATIVE_INFINITY);
    int i = d * levels;
    for (; i + LANES < end; i += LANES) {
      FloatVector l = load(logit, i);
      most = most.blend(l, l.compare(VectorOperators.GT, most));
    }
    FloatVector l = load(logit, i);
    most = most.blend(l, l.compare(VectorOperators.GT, most).and(last));
    largest[d] = most.reduceLanes(VectorOperators.MAX);
  }

  private void raise(int d) {
    int end = (d + 1) * levels;
    float most = largest[d];
    FloatVector total = all(0f);
    int i = d * levels;
    for (; i + LANES < end; i += LANES) {
      FloatVector e = VectorMath.decay(load(logit, i).sub(most));
      e.intoArray(power, i);
      total = total.add(e);
    }
    FloatVector e = VectorMath.decay(load(logit, i).sub(most));
    e.intoArray(power, i);
    total.add(all(0f).blend(e, last)).intoArray(lanes, d * LANES);
  }

  /** The sums of the lanes, from the first to the last. */
  private void addLanes(int count) {
    for (int d = 0; d < count; d++) {
      float total = 0;
      for (int lane = d * LANES; lane < (d + 1) * LANES; lane++) {
        total += lanes[lane];
      }
      sum[d] = total;
    }
  }

  /** 1 for the level that is given, else 0, less the probability, in place of the powers. */
  private void derive(int count) {
    for (int d = 0; d < count; d++) {
      // The next pixel's first powers were written after this one's last.
      scale(d, -1 / sum[d]);
    }
    for (int d = 0; d < count; d++) {
      power[place(d)] += 1;
    }
  }

  private void scale(int d, float factor) {
    int end = (d + 1) * levels;
    int i = d * levels;
    for (; i + LANES < end; i += LANES) {
      load(power, i).mul(factor).intoArray(power, i);
    }
    FloatVector tail = load(power, i);
    tail.blend(tail.mul(factor), last).intoArray(power, i);
  }
}
