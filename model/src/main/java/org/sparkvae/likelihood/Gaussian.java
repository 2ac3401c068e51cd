package org.sparkvae.likelihood;

import static org.sparkvae.tensor.formula.Formula.scalar;
import static org.sparkvae.tensor.formula.Formula.value;
import static org.sparkvae.tensor.formula.Function.SOFTPLUS;
import static org.sparkvae.tensor.formula.Function.SQRT;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.sparkvae.density.GaussianLogLikelihood;
import org.sparkvae.density.GaussianSharedLogLikelihood;
import org.sparkvae.distribution.Distribution;
import org.sparkvae.distribution.Information;
import org.sparkvae.kinds.Setting;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.Argument;
import org.sparkvae.tensor.ColumnRange;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Parameter;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Start;
import org.sparkvae.tensor.formula.Formula;

/**
 * Independent Gaussian pixels of means affine in the decoder's body, and variances minVariance +
 * softplus(raw) (Kingma & Welling, appendix C.2).
 *
 * @param variance who learns the variance
 * @param minVariance the variance's lower bound, in squared pixel units (pixels lie in [0, 1])
 */
public record Gaussian(
    @Setting(
            says = "per-pixel (given by the decoder) or shared (one learned value).",
            otherwise = "shared")
        Variance variance,
    @Setting(
            says = "Lower bound of the variance, pixels being in [0, 1].",
            otherwise = "1e-3",
            above = 0)
        double minVariance)
    implements Likelihood {
  /** Who learns the variance. */
  public enum Variance {
    /** The decoder gives a variance for each pixel. */
    PER_PIXEL,
    /** One learned value serves all pixels and images. */
    SHARED
  }

  /** The variance that training starts from: about that of images in [0, 1]. */
  private static final double START_VARIANCE = 0.05;

  public Gaussian {
    if (!(minVariance > 0)) {
      throw new IllegalArgumentException("min-variance must be above 0, but is " + minVariance);
    }
  }

  /** The means' bias starts at the mean image. */
  @Override
  public Distribution given(Recorder recorder, Matrix features, Shape x) {
    return switch (variance) {
      case PER_PIXEL -> perPixel(recorder, features, x.values());
      case SHARED -> shared(recorder, features, x.values());
    };
  }

  @Override
  public Support support() {
    return Support.INTENSITIES;
  }

  private Distribution perPixel(Recorder recorder, Matrix features, int pixels) {
    float raw = startRaw();
    Start start =
        new Start.OfMeanImage(
            mean -> {
              float[] bias = Arrays.copyOf(mean, 2 * pixels);
              Arrays.fill(bias, pixels, 2 * pixels, raw);
              return bias;
            });
    Head head = Head.of(recorder, features, 2 * pixels, start);
    return new PerPixel(recorder, head.output(), pixels, minVariance);
  }

  private Distribution shared(Recorder recorder, Matrix features, int pixels) {
    Head means = Head.of(recorder, features, pixels, new Start.OfMeanImage(float[]::clone));
    Parameter raw = recorder.vector("raw-variance", 1, new Start.Constant(startRaw()));
    return new Shared(recorder, means.output(), raw, minVariance);
  }

  private float startRaw() {
    return rawOf(START_VARIANCE);
  }

  /**
   * The raw value whose softplus, added to the minimum, gives a variance, or what is just above the
   * minimum where the variance is not.
   */
  public float rawOf(double of) {
    double excess = Math.max(of - minVariance, 0.01 * minVariance);
    return (float) StrictMath.log(StrictMath.expm1(excess));
  }

  /** The variance of a raw value. */
  public double varianceOf(float raw) {
    return minVariance + StrictMath.log1p(StrictMath.exp(raw));
  }

  private static Matrix sample(
      Recorder recorder,
      ColumnRange means,
      Formula.Operand raw,
      Argument raws,
      double minVariance) {
    Formula.Operand mean = value("mean");
    Formula.Operand noise = value("noise");
    Formula deviation = raw.apply(SOFTPLUS).plus(minVariance).apply(SQRT);
    Matrix normal = recorder.normal(means.count());
    return recorder.map(
        mean.plus(deviation.times(noise)), Map.of(mean, means, raw, raws, noise, normal));
  }

  /**
   * A variance for each pixel.
   *
   * @param packed the means, then the raws, [rows, 2 pixels]
   */
  private record PerPixel(Recorder recorder, Matrix packed, int pixels, double minVariance)
      implements Distribution {
    @Override
    public Rows logDensity(Matrix x) {
      return GaussianLogLikelihood.of(recorder, x, packed, minVariance);
    }

    @Override
    public Optional<Matrix> logDensityOfEach(Matrix x) {
      return Optional.of(GaussianLogLikelihood.ofEach(recorder, x, packed, minVariance));
    }

    @Override
    public Matrix mean() {
      return recorder.columns(packed, 0, pixels);
    }

    @Override
    public Matrix sample() {
      Formula.Operand raw = value("raw");
      return Gaussian.sample(
          recorder, packed.range(0, pixels), raw, packed.range(pixels, pixels), minVariance);
    }
  }

  /**
   * One variance.
   *
   * @param mean [rows, pixels]
   * @param raw [1]
   */
  private record Shared(Recorder recorder, Matrix mean, Parameter raw, double minVariance)
      implements Distribution {
    @Override
    public Rows logDensity(Matrix x) {
      return GaussianSharedLogLikelihood.of(recorder, x, mean, raw, minVariance);
    }

    @Override
    public Optional<Matrix> logDensityOfEach(Matrix x) {
      return Optional.of(GaussianSharedLogLikelihood.ofEach(recorder, x, mean, raw, minVariance));
    }

    /** 1 / v of a mean; that of the variance, which the decoder does not give, is left out. */
    @Override
    public Optional<Information> information() {
      Formula.Operand one = value("one");
      Formula.Operand shared = scalar("raw");
      Formula root = one.over(shared.apply(SOFTPLUS).plus(minVariance).apply(SQRT));
      double[] ones = new double[mean.rows() * mean.columns()];
      Arrays.fill(ones, 1);
      Matrix constant = Matrix.of(mean.rows(), mean.columns(), ones);
      Matrix known = recorder.map(root, Map.of(one, constant, shared, raw));
      return Optional.of(new Information(mean, recorder.held(known)));
    }

    @Override
    public Matrix sample() {
      ColumnRange means = mean.range(0, mean.columns());
      return Gaussian.sample(recorder, means, scalar("raw"), raw, minVariance);
    }
  }
}
