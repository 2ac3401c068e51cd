package org.sparkvae.tensor;

import static org.sparkvae.tensor.HostFloats.STRIDE;
import static org.sparkvae.tensor.HostFloats.load;
import static org.sparkvae.tensor.HostFloats.store;
import static org.sparkvae.tensor.VectorMath.LANES;
import static org.sparkvae.tensor.VectorMath.all;

import java.nio.ByteBuffer;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The Bernoulli log-likelihood from logits: sum of x l - max(l, 0) - log(1 + e^-|l|).
 *
 * <p>Each lane multiplies its factors 1 + e^-|l|, which lie from 1 to 2, and takes one logarithm
 * for up to 64 of them, when the product is at most 2^64. The exponentials wait in a row on the
 * heap for the derivative: one loop over both outgrows what the compiler keeps in registers.
 */
final class VectorBernoulli {
  private static final int FACTORS = 64;

  /** A bias under which a padded lane adds nothing: its e^-|l| is 0 to float32's precision. */
  private static final float NEVER = -1e4f;

  private final int pixels;
  private final int end;
  private final ByteBuffer x;
  private final ByteBuffer logits;
  private final float[] bias;
  private final float[] decays;
  private final float[] sums = new float[LANES];
  private final float[] products = new float[LANES];

  VectorBernoulli(ByteBuffer x, ByteBuffer logits, ByteBuffer bias) {
    this.x = x;
    this.logits = logits;
    this.pixels = bias.capacity() / Float.BYTES;
    this.end = HostFloats.wholeVectors(pixels);
    this.bias = new float[HostFloats.padded(pixels)];
    this.decays = new float[this.bias.length];
    HostFloats.read(bias, 0, this.bias, pixels);
    Arrays.fill(this.bias, pixels, this.bias.length, NEVER);
  }

  /**
   * The value of every row; and where residual is not null x - sigmoid(l), which may take the place
   * of the logits.
   */
  void score(double[] out, ByteBuffer residual) {
    int bytes = pixels * Float.BYTES;
    for (int row = 0, r = 0; row < logits.capacity(); row += bytes, r++) {
      int image = row % x.capacity();
      double sum = 0;
      for (int from = 0; from < end; from += FACTORS * STRIDE) {
        score(x, logits, image, row, from, Math.min(end, from + FACTORS * STRIDE));
        sum += total();
      }
      if (end < bytes) {
        scoreTail(image, row);
        sum += total();
      }
      out[r] = sum;
      if (residual != null) {
        derive(image, row, residual);
      }
    }
  }

  private void score(ByteBuffer x, ByteBuffer logits, int image, int row, int from, int to) {
    FloatVector sum = all(0f);
    FloatVector product = all(1f);
    for (int at = from; at < to; at += STRIDE) {
      FloatVector l = load(logits, row + at).add(load(bias, at / Float.BYTES));
      FloatVector e = VectorMath.decay(l.abs().neg());
      e.intoArray(decays, at / Float.BYTES);
      product = product.fma(e, product);
      sum = sum.add(load(x, image + at).fma(l, VectorMath.positive(l).neg()));
    }
    sum.intoArray(sums, 0);
    product.intoArray(products, 0);
  }

  private void scoreTail(int image, int row) {
    FloatVector l = tail(logits, row).add(load(bias, end / Float.BYTES));
    FloatVector e = VectorMath.decay(l.abs().neg());
    e.intoArray(decays, end / Float.BYTES);
    tail(x, image).fma(l, VectorMath.positive(l).neg()).intoArray(sums, 0);
    e.add(1f).intoArray(products, 0);
  }

  /** What the lanes hold, added from the first to the last in float64. */
  private double total() {
    load(sums, 0).sub(VectorMath.log(load(products, 0))).intoArray(sums, 0);
    double total = 0;
    for (float lane : sums) {
      total += lane;
    }
    return total;
  }

  private void derive(int image, int row, ByteBuffer residual) {
    for (int at = 0; at < end; at += STRIDE) {
      FloatVector l = load(logits, row + at).add(load(bias, at / Float.BYTES));
      FloatVector mean = VectorMath.sigmoid(l, load(decays, at / Float.BYTES));
      store(load(x, image + at).sub(mean), residual, row + at);
    }
    if (end < pixels * Float.BYTES) {
      FloatVector l = tail(logits, row).add(load(bias, end / Float.BYTES));
      FloatVector mean = VectorMath.sigmoid(l, load(decays, end / Float.BYTES));
      float[] values = tail(x, image).sub(mean).toArray();
      for (int at = end; at < pixels * Float.BYTES; at += Float.BYTES) {
        residual.putFloat(row + at, values[(at - end) / Float.BYTES]);
      }
    }
  }

  /** The last values of a row, fewer than a vector, then zeros. */
  private FloatVector tail(ByteBuffer bytes, int row) {
    float[] values = new float[LANES];
    for (int at = end; at < pixels * Float.BYTES; at += Float.BYTES) {
      values[(at - end) / Float.BYTES] = bytes.getFloat(row + at);
    }
    return load(values, 0);
  }
}
