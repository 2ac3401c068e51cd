package org.sparkvae.likelihood;

import java.util.Optional;
import org.sparkvae.density.levels.LogScales;
import org.sparkvae.density.levels.LogisticLogLikelihood;
import org.sparkvae.density.levels.LogisticSharedLogLikelihood;
import org.sparkvae.distribution.Distribution;
import org.sparkvae.kinds.Setting;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Parameter;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Start;

/**
 * Independent discretised logistic values: the probability of each of the levels 0, 1/255, ..., 1
 * is that of a logistic about it (Kingma et al., 2016, "Improved variational inference with inverse
 * autoregressive flow", section 5; the tails folded as in Salimans et al., 2017, "PixelCNN++", eq.
 * 2, so that the 256 probabilities sum to one).
 *
 * <pre>
 * log p(x|z) = log(sigma((x + 1/510 - m) / s) - sigma((x - 1/510 - m) / s))
 * </pre>
 *
 * <p>in nats, summed over values, where the first sigma is 1 at level 1 and the second 0 at level
 * 0. m is a head on the decoder's body, [rows, values], in pixel units; log s is another, or one
 * learned number, held between bounds.
 *
 * @param scale whose the scales are
 * @param minLogScale the log-scale's lower bound (pixels lie in [0, 1]; levels are 1/255 apart, of
 *     which the logarithm is -5.5)
 * @param maxLogScale its upper bound
 */
public record Logistic(
    @Setting(
            says = "per-pixel (given by the decoder) or shared (one learned scale).",
            otherwise = "per-pixel")
        Scale scale,
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
  /** Whose the scales are. */
  public enum Scale {
    /** The decoder gives a scale for each value. */
    PER_PIXEL,
    /** One learned scale serves all values and images. */
    SHARED
  }

  public Logistic {
    LogScaleSettings.check(minLogScale, maxLogScale);
  }

  /** The locations' bias starts at the mean image. */
  @Override
  public Distribution given(Recorder recorder, Matrix features, Shape x) {
    LogScales bounds = new LogScales(minLogScale, maxLogScale);
    Start meanImage = new Start.OfMeanImage(float[]::clone);
    Head location = Head.of(recorder.at("location"), features, x.values(), meanImage);
    Start start = new Start.Constant(LogScaleSettings.start(bounds));
    return switch (scale) {
      case PER_PIXEL ->
          new PerPixel(
              location, Head.of(recorder.at("log-scale"), features, x.values(), start), bounds);
      case SHARED -> new Shared(location, recorder.vector("log-scale", 1, start), bounds);
    };
  }

  @Override
  public Support support() {
    return Support.LEVELS;
  }

  private static LogisticLogLikelihood.Affine affine(Head head) {
    return new LogisticLogLikelihood.Affine(head.product(), head.bias());
  }

  private record PerPixel(Head location, Head logScale, LogScales bounds) implements Distribution {
    @Override
    public Rows logDensity(Matrix x) {
      return LogisticLogLikelihood.of(
          location.recorder(), x, affine(location), affine(logScale), bounds);
    }

    @Override
    public Optional<Matrix> logDensityOfEach(Matrix x) {
      return Optional.of(
          LogisticLogLikelihood.ofEach(
              location.recorder(), x, affine(location), affine(logScale), bounds));
    }

    @Override
    public Matrix mean() {
      return LogisticLogLikelihood.mean(
          location.recorder(), affine(location), affine(logScale), bounds);
    }

    @Override
    public Matrix sample() {
      return LogisticLogLikelihood.sample(
          location.recorder(), affine(location), affine(logScale), bounds);
    }
  }

  private record Shared(Head location, Parameter logScale, LogScales bounds)
      implements Distribution {
    @Override
    public Rows logDensity(Matrix x) {
      return LogisticSharedLogLikelihood.of(
          location.recorder(), x, affine(location), logScale, bounds);
    }

    @Override
    public Optional<Matrix> logDensityOfEach(Matrix x) {
      return Optional.of(
          LogisticSharedLogLikelihood.ofEach(
              location.recorder(), x, affine(location), logScale, bounds));
    }

    @Override
    public Matrix mean() {
      return LogisticSharedLogLikelihood.mean(
          location.recorder(), affine(location), logScale, bounds);
    }

    @Override
    public Matrix sample() {
      return LogisticSharedLogLikelihood.sample(
          location.recorder(), affine(location), logScale, bounds);
    }
  }
}
