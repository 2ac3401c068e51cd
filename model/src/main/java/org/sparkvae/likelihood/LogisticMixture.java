package org.sparkvae.likelihood;

import java.util.Arrays;
import java.util.Optional;
import org.sparkvae.density.levels.LogScales;
import org.sparkvae.density.levels.LogisticMixtureLogLikelihood;
import org.sparkvae.distribution.Distribution;
import org.sparkvae.kinds.Setting;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Start;

/**
 * Independent values, each of a mixture of discretised logistics (Salimans et al., 2017,
 * "PixelCNN++", eq. 2, without its dependence between the channels of a pixel: each channel has a
 * mixture of its own).
 *
 * <pre>
 * log p(x|z) = log sum_c w_c (sigma((x + 1/510 - m_c) / s_c) - sigma((x - 1/510 - m_c) / s_c))
 * </pre>
 *
 * <p>in nats, summed over values, where the first sigma is 1 at level 1 and the second 0 at level
 * 0, so that the probabilities of the levels 0, 1/255, ..., 1 sum to one. w = softmax(logits);
 * logits, m in pixel units and log s, held between bounds, are one head on the decoder's body,
 * [rows, 3 components * values].
 *
 * @param components of each value's mixture
 * @param minLogScale the log-scales' lower bound
 * @param maxLogScale their upper bound
 */
public record LogisticMixture(
    @Setting(
            says = "Logistics that each value is a mixture of; each has three outputs a value.",
            otherwise = "5",
            least = 1,
            most = LogisticMixture.MOST_COMPONENTS)
        int components,
    @Setting(
            says = "Lower bound of log s, pixels being in [0, 1]; levels are 1/255, e^-5.5, apart.",
            otherwise = "-7",
            least = LogScaleSettings.LEAST,
            most = LogScaleSettings.MOST)
        double minLogScale,
    @Setting(
            says = "Upper bound of log s.",
            otherwise = "0",
            least = LogScaleSettings.LEAST,
            most = LogScaleSettings.MOST)
        double maxLogScale)
    implements Likelihood {
  static final int MOST_COMPONENTS = 100;

  public LogisticMixture {
    if (components < 1 || components > MOST_COMPONENTS) {
      throw new IllegalArgumentException(
          "components must be from 1 to " + MOST_COMPONENTS + ", but is " + components);
    }
    LogScaleSettings.check(minLogScale, maxLogScale);
  }

  /**
   * The locations' bias starts at the mean image, the components spread evenly about it: by the
   * standard deviation of bits of that mean, so that those of what is always black are black.
   */
  @Override
  public Distribution given(Recorder recorder, Matrix features, Shape x) {
    LogScales bounds = new LogScales(minLogScale, maxLogScale);
    Start start = new Start.OfMeanImage(mean -> start(mean, bounds));
    Head head = Head.of(recorder, features, Math.multiplyExact(3 * components, x.values()), start);
    return new Given(recorder, head.output(), components, bounds);
  }

  private float[] start(float[] mean, LogScales bounds) {
    int pixels = mean.length;
    float[] bias = new float[3 * components * pixels];
    for (int c = 0; c < components; c++) {
      float shift = 2 * (c - (components - 1) / 2f) / components;
      for (int d = 0; d < pixels; d++) {
        float deviation = (float) Math.sqrt(Math.max(0, mean[d] * (1 - mean[d])));
        bias[(components + c) * pixels + d] = mean[d] + shift * deviation;
      }
    }
    Arrays.fill(bias, 2 * components * pixels, bias.length, LogScaleSettings.start(bounds));
    return bias;
  }

  @Override
  public Support support() {
    return Support.LEVELS;
  }

  /**
   * The mixtures.
   *
   * @param packed logits, locations and raw log-scales, [rows, 3 components * values]
   */
  private record Given(Recorder recorder, Matrix packed, int components, LogScales bounds)
      implements Distribution {
    @Override
    public Rows logDensity(Matrix x) {
      return LogisticMixtureLogLikelihood.of(recorder, x, packed, components, bounds);
    }

    @Override
    public Optional<Matrix> logDensityOfEach(Matrix x) {
      return Optional.of(
          LogisticMixtureLogLikelihood.ofEach(recorder, x, packed, components, bounds));
    }

    @Override
    public Matrix mean() {
      return LogisticMixtureLogLikelihood.mean(recorder, packed, components, bounds);
    }

    @Override
    public Matrix sample() {
      return LogisticMixtureLogLikelihood.sample(recorder, packed, components, bounds);
    }
  }
}
