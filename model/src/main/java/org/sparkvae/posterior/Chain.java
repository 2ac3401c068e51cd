package org.sparkvae.posterior;

import static org.sparkvae.tensor.formula.Formula.image;
import static org.sparkvae.tensor.formula.Formula.value;
import static org.sparkvae.tensor.formula.Function.EXP;
import static org.sparkvae.tensor.formula.Function.LOG;
import static org.sparkvae.tensor.formula.Function.NEGATE;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.density.GaussianSampleLogDensity;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.tensor.ColumnRange;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Node;
import org.sparkvae.tensor.Operation;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Start;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * Gaussians whose dimensions form a chain: the precision is L L^T, L lower bidiagonal of diagonal
 * a_i > 0 and subdiagonal b_i, so that z_i is independent of all others given its two neighbours. A
 * draw, its density and the marginal variances take time linear in the latent dimension k.
 *
 * <p>z = mean + n, L^T n = e, e ~ N(0, I): n_k = e_k / a_k, n_i = (e_i - b_i n_(i+1)) / a_i. log
 * q(z|x) = -(k/2) log 2 pi + sum_i log a_i - |e|^2 / 2, nats. The marginal variances are v_k = 1 /
 * a_k^2, v_i = (1 + b_i^2 v_(i+1)) / a_i^2, and KL(q || N(0, I)) = 1/2 (sum_i v_i + |mean|^2 - k) +
 * sum_i log a_i. It is drawn as in Rue & Held (2005), algorithm 2.4.
 *
 * <p>An affine head on the body, weight [n, 2 k] and bias [2 k], gives the means, then s_i = -2 log
 * a_i, the log-variance of z_i given z_(i+1): an exponential keeps a_i above 0 and leaves log q
 * linear in the head, and makes the head that of {@link DiagonalGaussian}. Another, link.weight [n,
 * k - 1] and link.bias [k - 1], gives b; it starts at 0, so that training starts from the diagonal
 * Gaussian.
 */
public record Chain() implements Posterior {
  private static final Start ZERO = new Start.Constant(0);

  /** Means and s, then b where there is a neighbour. */
  @Override
  public List<Matrix> parameters(Recorder recorder, Matrix features, int latent) {
    Matrix packed = recorder.dense(features, 2 * latent, Activation.IDENTITY);
    if (latent == 1) {
      return List.of(packed);
    }
    Recorder link = recorder.at("link");
    Matrix b =
        recorder.dense(
            features,
            link.weight("weight", features.columns(), latent - 1, ZERO),
            link.vector("bias", latent - 1, ZERO),
            Activation.IDENTITY);
    return List.of(packed, b);
  }

  @Override
  public Samplable of(Recorder recorder, List<Matrix> parameters, int latent) {
    return latent == 1
        ? new DiagonalGaussian().of(recorder, parameters, latent)
        : Given.of(recorder, parameters.get(0), parameters.get(1));
  }

  /**
   * The Gaussian of each image.
   *
   * @param packed means, then s, [images, 2 k]
   * @param deviation 1 / a, [images, k]
   * @param factor -b_i / a_i, [images, k - 1]
   * @param variance the marginal variances, [images, k]
   */
  private record Given(
      Recorder recorder, Matrix packed, Matrix deviation, Matrix factor, Matrix variance)
      implements Samplable {
    private static final Formula.Operand S = value("s");
    private static final Formula.Operand B = value("b");
    private static final Formula.Operand FACTOR = value("factor");
    private static final Formula.Operand DEVIATION = value("deviation");
    private static final Formula.Operand IMAGE_DEVIATION = image("deviation");
    private static final Formula.Operand NOISE = value("noise");
    private static final Formula.Operand MEAN = value("mean");
    private static final Formula.Operand IMAGE_MEAN = image("mean");
    private static final Formula.Operand OFFSET = value("offset");
    private static final Formula.Operand VARIANCE = value("variance");

    static Given of(Recorder recorder, Matrix packed, Matrix b) {
      int latent = packed.columns() / 2;
      ColumnRange s = packed.range(latent, latent);
      Matrix deviation = recorder.map(S.times(0.5).apply(EXP), Map.of(S, s));
      ColumnRange linked = deviation.range(0, latent - 1);
      Matrix factor =
          recorder.map(B.times(DEVIATION).apply(NEGATE), Map.of(B, b, DEVIATION, linked));
      Matrix variance =
          Recursion.of(
              recorder,
              recorder.map(DEVIATION.squared(), Map.of(DEVIATION, deviation)),
              recorder.map(FACTOR.squared(), Map.of(FACTOR, factor)));
      return new Given(recorder, packed, deviation, factor, variance);
    }

    private int latent() {
      return deviation.columns();
    }

    @Override
    public Drawn draw() {
      Matrix noise = recorder.normal(latent());
      Matrix scaled =
          recorder.map(
              IMAGE_DEVIATION.times(NOISE), Map.of(IMAGE_DEVIATION, deviation, NOISE, noise));
      Matrix offset = Recursion.of(recorder, scaled, factor);
      Matrix z =
          recorder.map(
              IMAGE_MEAN.plus(OFFSET),
              Map.of(IMAGE_MEAN, packed.range(0, latent()), OFFSET, offset));
      return new Drawn(z, GaussianSampleLogDensity.of(recorder, packed, noise));
    }

    @Override
    public Matrix mean() {
      return recorder.columns(packed, 0, latent());
    }

    /** e_i = a_i n_i + b_i n_(i+1), n = z - mean. */
    @Override
    public Optional<Matrix> noiseOf(Matrix draw) {
      Matrix offset =
          recorder.map(
              OFFSET.minus(IMAGE_MEAN),
              Map.of(OFFSET, draw, IMAGE_MEAN, packed.range(0, latent())));
      Matrix scaled = Differences.of(recorder, offset, factor);
      return Optional.of(
          recorder.map(
              OFFSET.over(IMAGE_DEVIATION), Map.of(OFFSET, scaled, IMAGE_DEVIATION, deviation)));
    }

    @Override
    public Optional<Matrix> logVariance() {
      return Optional.of(recorder.map(VARIANCE.apply(LOG), Map.of(VARIANCE, variance)));
    }

    @Override
    public Optional<Rows> klToStandardNormal() {
      return Optional.of(
          recorder.sumOverColumns(
              VARIANCE.plus(MEAN.squared()).minus(1).minus(S).times(0.5),
              Map.of(
                  VARIANCE, variance,
                  MEAN, packed.range(0, latent()),
                  S, packed.range(latent(), latent()))));
    }
  }

  /**
   * y_k = r_k, y_i = r_i + c_i y_(i+1), row by row: in float64 on the host, where its few
   * operations a value are not worth a call for each column.
   */
  private static final class Recursion implements Operation {
    /** [samples * images, k]. */
    private final Matrix r;

    /** [images, k - 1]. */
    private final Matrix c;

    /** [samples * images, k]. */
    private final Matrix y;

    private double[] values;
    private double[] factors;
    private double[] derivatives;
    private double[] factorDerivatives;
    private float[] narrow;

    private Recursion(Matrix r, Matrix c, Matrix y) {
      this.r = r;
      this.c = c;
      this.y = y;
    }

    static Matrix of(Recorder recorder, Matrix r, Matrix c) {
      Matrix y = recorder.variable(r.rows(), r.columns());
      return recorder.then(new Recursion(r, c, y), y);
    }

    @Override
    public List<Node> inputs() {
      return List.of(r, c);
    }

    @Override
    public void bind() {
      values = new double[Math.multiplyExact(r.rows(), r.columns())];
      factors = new double[Math.multiplyExact(c.rows(), c.columns())];
      narrow = new float[values.length];
      if (y.gradient() != null) {
        derivatives = new double[values.length];
        factorDerivatives = new double[factors.length];
      }
    }

    @Override
    public void forward(Kernels kernels) {
      read(kernels, r.value(), values);
      read(kernels, c.value(), factors);
      int k = r.columns();
      for (int row = 0; row < r.rows(); row++) {
        int at = row * k;
        int link = row % c.rows() * (k - 1);
        for (int i = k - 2; i >= 0; i--) {
          values[at + i] += factors[link + i] * values[at + i + 1];
        }
      }
      write(kernels, values, 0, y.value());
    }

    @Override
    public void backward(Kernels kernels) {
      read(kernels, y.gradient(), derivatives);
      Arrays.fill(factorDerivatives, 0);
      int k = r.columns();
      for (int row = 0; row < r.rows(); row++) {
        int at = row * k;
        int link = row % c.rows() * (k - 1);
        for (int i = 0; i < k - 1; i++) {
          factorDerivatives[link + i] += derivatives[at + i] * values[at + i + 1];
          derivatives[at + i + 1] += factors[link + i] * derivatives[at + i];
        }
      }
      if (r.gradient() != null) {
        write(kernels, derivatives, r.claim(), r.gradient());
      }
      if (c.gradient() != null) {
        write(kernels, factorDerivatives, c.claim(), c.gradient());
      }
    }

    private void read(Kernels kernels, INDArray from, double[] to) {
      if (from.dataType().width() == Float.BYTES) {
        kernels.copyOut(from, narrow);
        for (int i = 0; i < to.length; i++) {
          to[i] = narrow[i];
        }
      } else {
        for (int i = 0; i < to.length; i++) {
          to[i] = from.getDouble(i);
        }
      }
    }

    /** An array becomes beta * array + values. */
    private void write(Kernels kernels, double[] from, double beta, INDArray to) {
      if (to.dataType().width() == Float.BYTES) {
        if (beta != 0) {
          kernels.copyOut(to, narrow);
        }
        for (int i = 0; i < from.length; i++) {
          narrow[i] = (float) (beta == 0 ? from[i] : beta * narrow[i] + from[i]);
        }
        kernels.copyIn(narrow, to);
      } else {
        for (int i = 0; i < from.length; i++) {
          to.putScalar(i, beta == 0 ? from[i] : beta * to.getDouble(i) + from[i]);
        }
      }
    }
  }
}
