package org.sparkvae.density;

import static org.sparkvae.host.HostFloats.load;
import static org.sparkvae.host.VectorMath.LANES;
import static org.sparkvae.host.VectorMath.all;

import java.nio.ByteBuffer;
import jdk.incubator.vector.FloatVector;
import org.sparkvae.host.HostFloats;
import org.sparkvae.host.VectorMath;

/**
 * The continuous Bernoulli log-likelihood from logits, (x - 1/2) l - S(|l|) summed over pixels: see
 * {@link ContinuousBernoulliLogLikelihood}. A row passes through short loops on the heap, padded to
 * whole vectors.
 */
final class VectorContinuousBernoulli {
  private static final float NEAR = (float) ContinuousBernoulliLogLikelihood.NEAR;

  private final int pixels;
  private final ByteBuffer x;
  private final ByteBuffer logits;
  private final float[] bias;
  private final float[] target;
  private final float[] logit;
  private final float[] decay;
  private final float[] term;

  VectorContinuousBernoulli(ByteBuffer x, ByteBuffer logits, ByteBuffer bias) {
    this.x = x;
    this.logits = logits;
    this.pixels = bias.capacity() / Float.BYTES;
    int padded = HostFloats.padded(pixels);
    this.bias = new float[padded];
    this.target = new float[padded];
    this.logit = new float[padded];
    this.decay = new float[padded];
    this.term = new float[padded];
    HostFloats.read(bias, 0, this.bias, pixels);
  }

  /**
   * The value of every row, and its derivative by the logits, which may take their place.
   *
   * @param residual null for values only
   */
  void score(double[] out, ByteBuffer residual) {
    int images = x.capacity() / Float.BYTES / pixels;
    int rows = logits.capacity() / Float.BYTES / pixels;
    for (int r = 0; r < rows; r++) {
      HostFloats.read(x, r % images * pixels, target, pixels);
      HostFloats.read(logits, r * pixels, logit, pixels);
      toLogits();
      toLogarithms();
      toTerms();
      out[r] = HostFloats.sum(term, pixels);
      if (residual != null) {
        toSlopes();
        derive();
        HostFloats.write(0, residual, r * pixels, term, pixels);
      }
    }
  }

  /** l = logit + bias, and e^-|l|. */
  private void toLogits() {
    for (int d = 0; d < logit.length; d += LANES) {
      FloatVector l = load(logit, d).add(load(bias, d));
      l.intoArray(logit, d);
      VectorMath.decay(l.abs().neg()).intoArray(decay, d);
    }
  }

  /** log((1 - e^-a) / a), which is NaN at 0. */
  private void toLogarithms() {
    for (int d = 0; d < logit.length; d += LANES) {
      FloatVector share = all(1f).sub(load(decay, d)).div(load(logit, d).abs());
      VectorMath.log(share).intoArray(term, d);
    }
  }

  /** (x - 1/2) l - S, from the logarithms. */
  private void toTerms() {
    for (int d = 0; d < logit.length; d += LANES) {
      FloatVector l = load(logit, d);
      FloatVector a = l.abs();
      FloatVector square = a.mul(a);
      FloatVector near =
          square
              .fma(all(-1f / 9676800), all(1f / 181440))
              .fma(square, all(-1f / 2880))
              .fma(square, all(1f / 24))
              .mul(square);
      FloatVector even = a.fma(all(0.5f), load(term, d)).blend(near, a.lt(NEAR));
      load(target, d).sub(0.5f).fma(l, even.neg()).intoArray(term, d);
    }
  }

  /** S', in place of e^-a. */
  private void toSlopes() {
    for (int d = 0; d < logit.length; d += LANES) {
      FloatVector a = load(logit, d).abs();
      FloatVector e = load(decay, d);
      FloatVector rest = all(1f).sub(e);
      a.fma(e, rest.neg()).div(a.mul(rest)).add(0.5f).intoArray(decay, d);
    }
  }

  /** The residuals, in place of the terms: x - 1/2 - sign(l) S'(|l|). */
  private void derive() {
    for (int d = 0; d < logit.length; d += LANES) {
      FloatVector l = load(logit, d);
      FloatVector square = l.mul(l);
      FloatVector near =
          square
              .fma(all(-1f / 1209600), all(1f / 30240))
              .fma(square, all(-1f / 720))
              .fma(square, all(1f / 12))
              .mul(l);
      FloatVector far = load(decay, d);
      FloatVector odd = far.blend(far.neg(), l.lt(0f)).blend(near, l.abs().lt(NEAR));
      load(target, d).sub(0.5f).sub(odd).intoArray(term, d);
    }
  }
}
