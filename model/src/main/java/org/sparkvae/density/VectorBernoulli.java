package org.sparkvae.density;

import static org.sparkvae.host.HostFloats.load;
import static org.sparkvae.host.VectorMath.LANES;
import static org.sparkvae.host.VectorMath.all;

import java.nio.ByteBuffer;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.sparkvae.host.HostFloats;
import org.sparkvae.host.VectorMath;

/**
 * The Bernoulli log-likelihood from logits: sum of x l - max(l, 0) - log(1 + e^-|l|).
 *
 * <p>Each lane multiplies its factors 1 + e^-|l|, which lie from 1 to 2, and takes one logarithm
 * for up to 64 of them, when the product is at most 2^64. A row is worked on in the heap, padded to
 * whole vectors: between arrays there the compiler keeps every vector in registers.
 */
final class VectorBernoulli {
  /** Values of which each lane takes one logarithm. */
  static final int RUN = 64 * LANES;

  /** A bias under which a padded lane adds nothing: its e^-|l| is 0 to float32's precision. */
  private static final float NEVER = -1e4f;

  private final int pixels;
  private final ByteBuffer x;
  private final ByteBuffer logits;
  private final float[] bias;
  private final float[] target;
  private final float[] logit;
  private final float[] decay;
  private final float[] sums = new float[LANES];
  private final float[] products = new float[LANES];

  VectorBernoulli(ByteBuffer x, ByteBuffer logits, ByteBuffer bias) {
    this.x = x;
    this.logits = logits;
    this.pixels = bias.capacity() / Float.BYTES;
    int padded = HostFloats.padded(pixels);
    this.target = new float[padded];
    this.logit = new float[padded];
    this.decay = new float[padded];
    this.bias = padded(bias, pixels);
  }

  /** The bias in whole vectors. */
  static float[] padded(ByteBuffer bias, int pixels) {
    float[] padded = new float[HostFloats.padded(pixels)];
    HostFloats.read(bias, 0, padded, pixels);
    Arrays.fill(padded, pixels, padded.length, NEVER);
    return padded;
  }

  /**
   * The value of every row and its derivative by the logits, x - sigmoid(l), which may take their
   * place.
   */
  void score(double[] out, ByteBuffer residual) {
    int images = x.capacity() / Float.BYTES / pixels;
    int rows = logits.capacity() / Float.BYTES / pixels;
    for (int r = 0; r < rows; r++) {
      HostFloats.read(x, r % images * pixels, target, pixels);
      HostFloats.read(logits, r * pixels, logit, pixels);
      double sum = 0;
      for (int from = 0; from < logit.length; from += RUN) {
        score(from, Math.min(logit.length, from + RUN));
        sum += total(sums, products, 0);
      }
      out[r] = sum;
      derive();
      HostFloats.write(0, residual, r * pixels, decay, pixels);
    }
  }

  /** The sums and products of a run; adds the bias to the logits and leaves e^-|l|. */
  private void score(int from, int to) {
    FloatVector sum = all(0f);
    FloatVector product = all(1f);
    for (int d = from; d < to; d += LANES) {
      FloatVector l = load(logit, d).add(load(bias, d));
      FloatVector e = VectorMath.decay(l.abs().neg());
      l.intoArray(logit, d);
      e.intoArray(decay, d);
      product = product.fma(e, product);
      sum = sum.add(load(target, d).fma(l, VectorMath.positive(l).neg()));
    }
    sum.intoArray(sums, 0);
    product.intoArray(products, 0);
  }

  /** What the lanes of a vector hold, added from the first to the last in float64. */
  static double total(float[] sums, float[] products, int at) {
    load(sums, at).sub(VectorMath.log(load(products, at))).intoArray(sums, at);
    double total = 0;
    for (int lane = 0; lane < LANES; lane++) {
      total += sums[at + lane];
    }
    return total;
  }

  /** The residuals, in place of e^-|l|. */
  private void derive() {
    for (int d = 0; d < logit.length; d += LANES) {
      FloatVector mean = VectorMath.sigmoid(load(logit, d), load(decay, d));
      load(target, d).sub(mean).intoArray(decay, d);
    }
  }
}
