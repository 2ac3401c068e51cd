package org.sparkvae.likelihood;

import static org.sparkvae.tensor.formula.Formula.column;
import static org.sparkvae.tensor.formula.Formula.image;
import static org.sparkvae.tensor.formula.Formula.number;
import static org.sparkvae.tensor.formula.Formula.scalar;
import static org.sparkvae.tensor.formula.Formula.value;
import static org.sparkvae.tensor.formula.Function.EXP;
import static org.sparkvae.tensor.formula.Function.LOG;
import static org.sparkvae.tensor.formula.Function.LOG1P;
import static org.sparkvae.tensor.formula.Function.SOFTPLUS;
import static org.sparkvae.tensor.formula.Function.SQRT;
import static org.sparkvae.tensor.formula.Function.TANH;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkvae.distribution.Distribution;
import org.sparkvae.kinds.Setting;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.Argument;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Start;
import org.sparkvae.tensor.formula.Formula;

/**
 * Independent Student-t pixels, whose heavy tails forgive values that a Gaussian would not (as in
 * the code of Mattei & Frellsen, 2019, "MIWAE").
 *
 * <p>With t = (x - m) / s and v degrees of freedom,
 *
 * <pre>
 * log p(x|z) = log Gamma((v + 1) / 2) - log Gamma(v / 2) - log(v pi) / 2 - log s
 *              - (v + 1) / 2 log(1 + t^2 / v)
 * </pre>
 *
 * <p>in nats, summed over pixels. m and s = minScale + softplus(raw) are heads on the decoder's
 * body, [rows, pixels] each; learned v are 2 + softplus(raw), so that every pixel has a variance,
 * s^2 v / (v - 2).
 *
 * @param degrees whose the degrees of freedom are
 * @param freedom v where they are fixed; else those that training starts from
 * @param minScale the scale's lower bound, in pixel units (pixels lie in [0, 1])
 */
public record StudentT(
    @Setting(
            says =
                "Degrees of freedom: fixed, shared (one learned value) or per-pixel (given by the"
                    + " decoder); learned ones are above 2.",
            otherwise = "fixed")
        Degrees degrees,
    @Setting(
            says = "The degrees of freedom; where they are learned, those at the start.",
            otherwise = "5",
            above = 0)
        double freedom,
    @Setting(
            says = "Lower bound of the scale, pixels being in [0, 1].",
            otherwise = "1e-3",
            above = 0)
        double minScale)
    implements Likelihood {
  /** Whose the degrees of freedom are. */
  public enum Degrees {
    /** The settings'. */
    FIXED,
    /** One learned value serves all pixels and images. */
    SHARED,
    /** The decoder gives them for each pixel. */
    PER_PIXEL
  }

  /** The scale that training starts from: about that of images in [0, 1]. */
  private static final double START_SCALE = 0.2;

  /** Learned degrees of freedom are above it. */
  private static final double LEAST_LEARNED = 2;

  public StudentT {
    if (!(minScale > 0)) {
      throw new IllegalArgumentException("min-scale must be above 0, but is " + minScale);
    }
    double least = degrees == Degrees.FIXED ? 0 : LEAST_LEARNED;
    if (!(freedom > least) || Double.isInfinite(freedom)) {
      throw new IllegalArgumentException(
          degrees == Degrees.FIXED
              ? "freedom must be a number above 0, but is " + freedom
              : "freedom must be a number above 2 where it is learned, but is " + freedom);
    }
  }

  /** The locations' bias starts at the mean image. */
  @Override
  public Distribution given(Recorder recorder, Matrix features, Shape x) {
    int pixels = x.values();
    Start meanImage = new Start.OfMeanImage(float[]::clone);
    Start scale = new Start.Constant(raw(Math.max(START_SCALE - minScale, 0.01 * minScale)));
    Affine location = Affine.of("location", recorder, features, pixels, meanImage);
    Affine rawScale = Affine.of("scale", recorder, features, pixels, scale);
    Affine v = degrees(recorder, features, pixels);
    return new Given(recorder, pixels, location, rawScale.softplus(minScale), v);
  }

  private Affine degrees(Recorder recorder, Matrix features, int pixels) {
    if (degrees == Degrees.FIXED) {
      return new Affine(number(freedom), Map.of());
    }
    Start start = new Start.Constant(raw(freedom - LEAST_LEARNED));
    Formula.Operand one = scalar("freedom");
    Affine raw =
        degrees == Degrees.PER_PIXEL
            ? Affine.of("freedom", recorder, features, pixels, start)
            : new Affine(one, Map.of(one, recorder.vector("raw-freedom", 1, start)));
    return raw.softplus(LEAST_LEARNED);
  }

  @Override
  public Support support() {
    return Support.INTENSITIES;
  }

  /** The value whose softplus is a number above 0. */
  private static float raw(double softplus) {
    return (float) (softplus + StrictMath.log(-StrictMath.expm1(-softplus)));
  }

  /**
   * log Gamma((v + 1) / 2) - log Gamma(v / 2) - log(v pi) / 2 of v above 0, which goes to -log(2
   * pi) / 2: neither large v nor small lose digits in a difference of large numbers.
   *
   * <p>With u = v / 2 and w = u + n - 1/4, n = 6: log Gamma(u + 1/2) - log Gamma(u) is the log of
   * the product of (u + j) / (u + j + 1/2) over j below n, plus log(w) / 2, plus a series in w^-2,
   * sum over even k of -2 E_k / (k 4^(k + 1)) w^-k, E_k being Euler's numbers: Stirling's series
   * for w + 3/4 less that for w + 1/4. From k = 14 on it is below 1e-12.
   */
  static Formula logNormaliser(Formula v) {
    Formula u = v.times(0.5);
    // u (u + 5), (u + 1) (u + 4), (u + 2) (u + 3), and the same of halves more.
    Formula a = u.times(u.plus(5));
    Formula b = u.times(u.plus(6)).plus(2.75);
    Formula ratio = a.over(b).times(a.plus(4).over(b.plus(4))).times(a.plus(6).over(b.plus(6)));
    Formula w = u.plus(5.75);
    Formula s = number(1).over(w.squared());
    Formula series =
        s.times(-2702765.0 / 402653184)
            .plus(50521.0 / 20971520)
            .times(s)
            .minus(1385.0 / 1048576)
            .times(s)
            .plus(61.0 / 49152)
            .times(s)
            .minus(5.0 / 2048)
            .times(s)
            .plus(1.0 / 64)
            .times(s);
    Formula closeToOne = ratio.squared().times(w.over(u));
    return closeToOne.apply(LOG).minus(Math.log(2 * Math.PI)).times(0.5).plus(series);
  }

  /**
   * What a head gives each pixel, or the settings do.
   *
   * @param formula of it, the head's bias added there
   * @param arguments of the formula
   */
  private record Affine(Formula formula, Map<Formula.Operand, Argument> arguments) {
    static Affine of(String name, Recorder recorder, Matrix features, int pixels, Start start) {
      Head head = Head.of(recorder.at(name), features, pixels, start);
      Formula.Operand product = value(name);
      Formula.Operand bias = column(name + " bias");
      return new Affine(product.plus(bias), Map.of(product, head.product(), bias, head.bias()));
    }

    /** A minimum and the softplus of this. */
    Affine softplus(double least) {
      return new Affine(formula.apply(SOFTPLUS).plus(least), arguments);
    }
  }

  private record Given(Recorder recorder, int pixels, Affine location, Affine scale, Affine freedom)
      implements Distribution {
    /** Keeps a quotient from 0 / 0. */
    private static final double TINY = 1e-20;

    private static final Formula.Operand X = image("x");

    @Override
    public Rows logDensity(Matrix x) {
      return recorder.sumOverColumns(nats(), arguments(x));
    }

    @Override
    public Optional<Matrix> logDensityOfEach(Matrix x) {
      return Optional.of(recorder.map(nats(), arguments(x)));
    }

    private Formula nats() {
      Formula v = freedom.formula();
      Formula s = scale.formula();
      Formula t = X.minus(location.formula()).over(s);
      Formula tail = v.plus(1).times(0.5).times(t.squared().over(v).apply(LOG1P));
      return logNormaliser(v).minus(s.apply(LOG)).minus(tail);
    }

    private Map<Formula.Operand, Argument> arguments(Matrix x) {
      Map<Formula.Operand, Argument> arguments = new HashMap<>(Map.of(X, x));
      List.of(location, scale, freedom).forEach(part -> arguments.putAll(part.arguments()));
      return arguments;
    }

    /**
     * Of two standard normals n and m at right angles, r^2 = n^2 + m^2: n / r is a direction and
     * exp(-r^2 / 2) a uniform number of its own, so that t = sqrt(v (exp(r^2 / v) - 1)) n / r is
     * Student's (Bailey, 1994). exp(u) - 1 = tanh(u / 2) (exp(u) + 1) keeps the digits of small u.
     */
    @Override
    public Matrix sample() {
      Formula.Operand n = value("n");
      Formula.Operand m = value("m");
      Formula v = freedom.formula();
      Formula u = n.squared().plus(m.squared()).plus(TINY).over(v);
      Formula grown = u.times(0.5).apply(TANH).times(u.apply(EXP).plus(1)).over(u);
      Formula t = grown.apply(SQRT).times(n);
      Map<Formula.Operand, Argument> arguments = new HashMap<>();
      List.of(location, scale, freedom).forEach(part -> arguments.putAll(part.arguments()));
      arguments.put(n, recorder.normal(pixels));
      arguments.put(m, recorder.normal(pixels));
      return recorder.map(location.formula().plus(scale.formula().times(t)), arguments);
    }

    /** The location, which is the mean where v is above 1. */
    @Override
    public Matrix mean() {
      return recorder.map(location.formula(), location.arguments());
    }
  }
}
