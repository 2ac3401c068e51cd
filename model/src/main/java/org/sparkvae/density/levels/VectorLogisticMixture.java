package org.sparkvae.density.levels;

import static org.sparkvae.host.HostFloats.load;
import static org.sparkvae.host.VectorMath.LANES;
import static org.sparkvae.host.VectorMath.all;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.sparkvae.host.HostFloats;
import org.sparkvae.host.VectorMath;

/**
 * Log-likelihoods of levels under mixtures of discretised logistics, a row at a time: see {@link
 * LogisticMixtureLogLikelihood}. A pixel takes one logarithm, of sum_c ratio_c e^(logit_c +
 * exponent_c - the largest of them) over sum_c e^(logit_c - the largest).
 */
final class VectorLogisticMixture {
  private final int pixels;
  private final LevelRow x;
  private final VectorLogistic[] parts;

  /** By component: logits, in whose places their derivatives are put. */
  private final float[][] logits;

  /** By component: e^(logit - the largest logit). */
  private final float[][] weights;

  /** By pixel: the largest logit, the largest sum of logit and exponent, and the two sums. */
  private final float[] largestLogit;

  private final float[] largest;
  private final float[] sumOfWeights;
  private final float[] sum;

  VectorLogisticMixture(int pixels, int components, LogScales bounds) {
    this.pixels = pixels;
    int padded = HostFloats.padded(pixels);
    x = LevelRow.of(pixels);
    parts =
        Stream.generate(() -> new VectorLogistic(x, bounds))
            .limit(components)
            .toArray(VectorLogistic[]::new);
    logits = new float[components][padded];
    weights = new float[components][padded];
    largestLogit = new float[padded];
    largest = new float[padded];
    sumOfWeights = new float[padded];
    sum = new float[padded];
  }

  /**
   * The value of every row and its derivative by what is packed.
   *
   * @param residual of the shape of packed; null for values only
   */
  void score(ByteBuffer levels, ByteBuffer packed, double[] out, ByteBuffer residual) {
    for (int r = 0; r < out.length; r++) {
      x.read(levels, pixels, r);
      int first = 3 * r * parts.length * pixels;
      for (int c = 0; c < parts.length; c++) {
        HostFloats.read(packed, place(first, 0, c), logits[c], pixels);
        HostFloats.read(packed, place(first, 1, c), parts[c].location, pixels);
        HostFloats.read(packed, place(first, 2, c), parts[c].raw, pixels);
        parts[c].score();
      }
      out[r] = value();
      if (residual != null) {
        derive();
        for (int c = 0; c < parts.length; c++) {
          HostFloats.write(0, residual, place(first, 0, c), logits[c], pixels);
          HostFloats.write(0, residual, place(first, 1, c), parts[c].location, pixels);
          HostFloats.write(0, residual, place(first, 2, c), parts[c].raw, pixels);
        }
      }
    }
  }

  /** Where a component's logits (0), locations (1) or raw log-scales (2) of a row begin. */
  private int place(int first, int part, int component) {
    return first + (part * parts.length + component) * pixels;
  }

  /** The sum of the pixels' log p; leaves ratio e^(...) in the ratios. */
  private double value() {
    findLargest();
    Arrays.fill(sum, 0);
    Arrays.fill(sumOfWeights, 0);
    for (int c = 0; c < parts.length; c++) {
      addJoint(parts[c].exponent, parts[c].ratio);
      addWeights(logits[c], weights[c]);
    }
    float[] terms = largest;
    for (int d = 0; d < sum.length; d += LANES) {
      FloatVector logarithm = VectorMath.log(load(sum, d).div(load(sumOfWeights, d)));
      load(largest, d).sub(load(largestLogit, d)).add(logarithm).intoArray(terms, d);
    }
    return HostFloats.sum(terms, pixels);
  }

  private void findLargest() {
    Arrays.fill(largest, Float.NEGATIVE_INFINITY);
    Arrays.fill(largestLogit, Float.NEGATIVE_INFINITY);
    for (int c = 0; c < parts.length; c++) {
      raise(largestLogit, logits[c]);
      float[] exponent = parts[c].exponent;
      for (int d = 0; d < sum.length; d += LANES) {
        load(exponent, d).add(load(logits[c], d)).intoArray(exponent, d);
      }
      raise(largest, exponent);
    }
  }

  private static void raise(float[] largest, float[] values) {
    for (int d = 0; d < largest.length; d += LANES) {
      FloatVector most = load(largest, d);
      FloatVector value = load(values, d);
      most.blend(value, value.compare(VectorOperators.GT, most)).intoArray(largest, d);
    }
  }

  private void addJoint(float[] exponent, float[] ratio) {
    for (int d = 0; d < sum.length; d += LANES) {
      FloatVector joint =
          VectorMath.decay(load(exponent, d).sub(load(largest, d))).mul(load(ratio, d));
      joint.intoArray(ratio, d);
      load(sum, d).add(joint).intoArray(sum, d);
    }
  }

  private void addWeights(float[] logit, float[] weight) {
    for (int d = 0; d < sum.length; d += LANES) {
      FloatVector share = VectorMath.decay(load(logit, d).sub(load(largestLogit, d)));
      share.intoArray(weight, d);
      load(sumOfWeights, d).add(share).intoArray(sumOfWeights, d);
    }
  }

  /** By a logit: the component's share of p less its weight; the others by that share. */
  private void derive() {
    for (int d = 0; d < sum.length; d += LANES) {
      all(1f).div(load(sum, d)).intoArray(sum, d);
      all(1f).div(load(sumOfWeights, d)).intoArray(sumOfWeights, d);
    }
    for (int c = 0; c < parts.length; c++) {
      parts[c].derive();
      derive(parts[c], logits[c], weights[c]);
    }
  }

  private void derive(VectorLogistic part, float[] logit, float[] weight) {
    for (int d = 0; d < sum.length; d += LANES) {
      FloatVector share = load(part.ratio, d).mul(load(sum, d));
      share.sub(load(weight, d).mul(load(sumOfWeights, d))).intoArray(logit, d);
      load(part.location, d).mul(share).intoArray(part.location, d);
      load(part.raw, d).mul(share).intoArray(part.raw, d);
    }
  }
}
