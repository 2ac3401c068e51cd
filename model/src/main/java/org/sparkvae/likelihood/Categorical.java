package org.sparkvae.likelihood;

import java.util.Optional;
import org.sparkvae.density.levels.CategoricalLogLikelihood;
import org.sparkvae.density.levels.CategoricalMean;
import org.sparkvae.density.levels.CategoricalOfEach;
import org.sparkvae.density.levels.CategoricalSample;
import org.sparkvae.distribution.Distribution;
import org.sparkvae.kinds.Setting;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Start;

/**
 * Independent values, each of one of K levels 0, 1 / (K - 1), ..., 1 with a probability of its own
 * (van den Oord et al., 2016, "Pixel recurrent neural networks", section 3.4). An image's values
 * are rounded to the nearest level, so that log p(x) is of the image in K levels.
 *
 * <pre>
 * log p(x|z) = l[k(x)] - log sum_k e^l[k]
 * </pre>
 *
 * <p>in nats, summed over values. The logits l are a head on the decoder's body, [rows, values *
 * levels], levels innermost: a minibatch of 100 images of 784 values of 256 levels takes 80 MB for
 * them, and the head on a body of 200 has 40 million weights.
 *
 * @param levels K
 */
public record Categorical(
    @Setting(
            says =
                "Levels that values are rounded to; each is an output of the decoder, for each"
                    + " value. Below 256, log p(x) is that of the coarser image.",
            otherwise = "256",
            least = 2,
            most = Categorical.MOST_LEVELS)
        int levels)
    implements Likelihood {
  static final int MOST_LEVELS = 256;

  private static final int HALVINGS = 60;

  /** The means that training starts from lie this far within 0 and 1. */
  private static final double MARGIN = 1e-3;

  public Categorical {
    if (levels < 2 || levels > MOST_LEVELS) {
      throw new IllegalArgumentException(
          "levels must be from 2 to " + MOST_LEVELS + ", but is " + levels);
    }
  }

  /**
   * The bias starts with logits that rise or fall evenly from level to level, so that the mean is
   * the mean image, clipped to 0.001 .. 0.999.
   */
  @Override
  public Distribution given(Recorder recorder, Matrix features, Shape x) {
    int columns = Math.multiplyExact(x.values(), levels);
    Start start = new Start.OfMeanImage(this::start);
    return new Given(Head.of(recorder, features, columns, start), levels);
  }

  @Override
  public Support support() {
    return Support.LEVELS;
  }

  private float[] start(float[] mean) {
    float[] logits = new float[mean.length * levels];
    for (int d = 0; d < mean.length; d++) {
      double slope = slope(Math.min(1 - MARGIN, Math.max(MARGIN, mean[d])));
      for (int k = 0; k < levels; k++) {
        logits[d * levels + k] = (float) (slope * k);
      }
    }
    return logits;
  }

  /** From level to level, by halving the interval that holds it. */
  private double slope(double mean) {
    double low = -10;
    double high = 10;
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

  /** Of logits that rise by a slope. */
  private double mean(double slope) {
    double top = Math.max(0, slope * (levels - 1));
    double sum = 0;
    double weighted = 0;
    for (int k = 0; k < levels; k++) {
      double power = StrictMath.exp(slope * k - top);
      sum += power;
      weighted += power * k;
    }
    return weighted / sum / (levels - 1);
  }

  private record Given(Head logits, int levels) implements Distribution {
    @Override
    public Rows logDensity(Matrix x) {
      return CategoricalLogLikelihood.of(
          logits.recorder(), x, logits.product(), logits.bias(), levels);
    }

    @Override
    public Optional<Matrix> logDensityOfEach(Matrix x) {
      return Optional.of(CategoricalOfEach.of(logits.recorder(), x, logits.output(), levels));
    }

    @Override
    public Matrix mean() {
      return CategoricalMean.of(logits.recorder(), logits.product(), logits.bias(), levels);
    }

    @Override
    public Matrix sample() {
      return CategoricalSample.of(logits.recorder(), logits.product(), logits.bias(), levels);
    }
  }
}
