package org.sparkvae.density;

import static org.sparkvae.host.HostFloats.load;
import static org.sparkvae.host.VectorMath.LANES;
import static org.sparkvae.host.VectorMath.all;

import java.nio.ByteBuffer;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.sparkvae.host.HostFloats;
import org.sparkvae.host.VectorMath;

/**
 * The categorical log-likelihood from logits of levels, a pixel at a time: its levels are copied
 * behind one another into whole vectors.
 */
final class VectorCategorical {
  /** A logit beside which a padded lane has no part in a sum. */
  private static final float NEVER = -1e30f;

  private final ByteBuffer bias;
  private final int pixels;
  private final int levels;
  private final float[] logit;
  private final float[] power;
  private final float[] shift;
  private final float[] lanes = new float[LANES];

  /**
   * For a model.
   *
   * @param bias [pixels * levels]
   */
  VectorCategorical(ByteBuffer bias, int levels) {
    this.bias = bias;
    this.levels = levels;
    this.pixels = bias.capacity() / Float.BYTES / levels;
    int padded = HostFloats.padded(levels);
    this.logit = new float[padded];
    this.power = new float[padded];
    this.shift = new float[padded];
    Arrays.fill(shift, levels, padded, NEVER);
  }

  /**
   * The value of every row, and its derivative by the logits, which may take their place.
   *
   * @param residual null for values only
   */
  void score(ByteBuffer x, ByteBuffer logits, double[] out, ByteBuffer residual) {
    int images = x.capacity() / Float.BYTES / pixels;
    Arrays.fill(out, 0);
    // Pixels outside, so that the bias of one is read once.
    for (int d = 0; d < pixels; d++) {
      HostFloats.read(bias, d * levels, shift, levels);
      for (int r = 0; r < out.length; r++) {
        int at = (r * pixels + d) * levels;
        int level =
            CategoricalLogLikelihood.level(HostFloats.get(x, r % images * pixels + d), levels);
        HostFloats.read(logits, at, logit, levels);
        float largest = shifted();
        float sum = powers(largest);
        out[r] += logit[level] - largest - Math.log(sum);
        if (residual != null) {
          derive(sum);
          power[level] += 1;
          HostFloats.write(0, residual, at, power, levels);
        }
      }
    }
  }

  /** Adds the bias; the largest logit. */
  private float shifted() {
    FloatVector most = all(Float.NEGATIVE_INFINITY);
    for (int i = 0; i < logit.length; i += LANES) {
      FloatVector l = load(logit, i).add(load(shift, i));
      l.intoArray(logit, i);
      most = most.blend(l, l.compare(VectorOperators.GT, most));
    }
    most.intoArray(lanes, 0);
    float largest = lanes[0];
    for (float lane : lanes) {
      largest = Math.max(largest, lane);
    }
    return largest;
  }

  /** e^(logit - the largest), and the sum of them. */
  private float powers(float largest) {
    FloatVector sum = all(0f);
    for (int i = 0; i < logit.length; i += LANES) {
      FloatVector e = VectorMath.decay(load(logit, i).sub(largest));
      e.intoArray(power, i);
      sum = sum.add(e);
    }
    sum.intoArray(lanes, 0);
    float total = 0;
    for (float lane : lanes) {
      total += lane;
    }
    return total;
  }

  /** The probabilities with their sign turned. */
  private void derive(float sum) {
    float scale = -1 / sum;
    for (int i = 0; i < power.length; i += LANES) {
      load(power, i).mul(scale).intoArray(power, i);
    }
  }
}
