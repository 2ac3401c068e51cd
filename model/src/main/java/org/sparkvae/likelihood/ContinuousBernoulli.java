package org.sparkvae.likelihood;

import java.util.Optional;
import org.sparkvae.density.ContinuousBernoulliLogLikelihood;
import org.sparkvae.distribution.Distribution;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Start;

/**
 * Independent continuous Bernoulli pixels: the Bernoulli's formula on intensities in [0, 1], made a
 * density by its normaliser (Loaiza-Ganem & Cunningham, 2019, "The continuous Bernoulli", eq. 6).
 *
 * <p>With the logits l affine in the decoder's body, [rows, pixels],
 *
 * <pre>
 * log p(x|z) = x l - log((e^l - 1) / l)        the mean is 1 / (1 - e^-l) - 1 / l
 * </pre>
 *
 * <p>in nats, summed over pixels.
 */
public record ContinuousBernoulli() implements Likelihood {
  private static final int HALVINGS = 60;

  /** Of magnitude: a mean of 0.01 or 0.99 has it. */
  private static final double MOST_AT_START = 100;

  /** The bias starts where the mean is the mean image, clipped to 0.01 .. 0.99. */
  @Override
  public Distribution given(Recorder recorder, Matrix features, Shape x) {
    Start start = new Start.OfMeanImage(ContinuousBernoulli::start);
    return new Given(Head.of(recorder, features, x.values(), start));
  }

  @Override
  public Support support() {
    return Support.INTENSITIES;
  }

  private static float[] start(float[] meanImage) {
    float[] logits = new float[meanImage.length];
    for (int d = 0; d < logits.length; d++) {
      logits[d] = (float) logit(meanImage[d]);
    }
    return logits;
  }

  /** The logit of a mean, by halving the interval that holds it. */
  static double logit(double mean) {
    double low = -MOST_AT_START;
    double high = MOST_AT_START;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (mean(middle) < mean) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** The mean of a logit; close to 0, where its terms cancel, the first of its series. */
  private static double mean(double logit) {
    return Math.abs(logit) < 1e-3 ? 0.5 + logit / 12 : -1 / StrictMath.expm1(-logit) - 1 / logit;
  }

  private record Given(Head logits) implements Distribution {
    @Override
    public Rows logDensity(Matrix x) {
      return ContinuousBernoulliLogLikelihood.of(
          logits.recorder(), x, logits.product(), logits.bias());
    }

    @Override
    public Optional<Matrix> logDensityOfEach(Matrix x) {
      return Optional.of(
          ContinuousBernoulliLogLikelihood.ofEach(
              logits.recorder(), x, logits.product(), logits.bias()));
    }

    @Override
    public Matrix mean() {
      return ContinuousBernoulliLogLikelihood.mean(
          logits.recorder(), logits.product(), logits.bias());
    }

    @Override
    public Matrix sample() {
      return ContinuousBernoulliLogLikelihood.sample(
          logits.recorder(), logits.product(), logits.bias());
    }
  }
}
