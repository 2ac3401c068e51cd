package org.sparkvae.posterior;

import static org.sparkvae.tensor.formula.Formula.image;
import static org.sparkvae.tensor.formula.Formula.value;
import static org.sparkvae.tensor.formula.Function.EXP;
import static org.sparkvae.tensor.formula.Function.NEGATE;

import java.util.List;
import java.util.Map;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.posterior.loop.LoopKernels;
import org.sparkvae.posterior.loop.RecursionKernels;
import org.sparkvae.tensor.ColumnRange;
import org.sparkvae.tensor.HostLoop;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.formula.Formula;

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
  private static final Formula.Operand S = value("s");
  private static final Formula.Operand B = value("b");
  private static final Formula.Operand FACTOR = value("factor");
  private static final Formula.Operand DEVIATION = value("deviation");
  private static final Formula.Operand IMAGE_DEVIATION = image("deviation");
  private static final Formula.Operand NOISE = value("noise");

  /** Means and s, then b where there is a neighbour. */
  @Override
  public List<Matrix> parameters(Recorder recorder, Matrix features, int latent) {
    return Correlated.parameters(recorder, features, latent, latent - 1);
  }

  @Override
  public Samplable of(Recorder recorder, List<Matrix> parameters, int latent) {
    return latent == 1
        ? new DiagonalGaussian().of(recorder, parameters, latent)
        : given(recorder, parameters.get(0), parameters.get(1));
  }

  private static Samplable given(Recorder recorder, Matrix packed, Matrix b) {
    int latent = packed.columns() / 2;
    ColumnRange s = packed.range(latent, latent);
    Matrix deviation = recorder.map(S.times(0.5).apply(EXP), Map.of(S, s));
    ColumnRange linked = deviation.range(0, latent - 1);
    Matrix factor = recorder.map(B.times(DEVIATION).apply(NEGATE), Map.of(B, b, DEVIATION, linked));
    Matrix variance =
        recursion(
            recorder,
            recorder.map(DEVIATION.squared(), Map.of(DEVIATION, deviation)),
            recorder.map(FACTOR.squared(), Map.of(FACTOR, factor)));
    return new Correlated(
        recorder,
        packed,
        b,
        variance,
        noise -> {
          Matrix scaled =
              recorder.map(
                  IMAGE_DEVIATION.times(NOISE), Map.of(IMAGE_DEVIATION, deviation, NOISE, noise));
          return recursion(recorder, scaled, factor);
        },
        () -> new BandNoise(new Grid.Pattern(latent, 1), packed.rows()),
        () -> new BandDensities(new Grid.Pattern(latent, 1), packed.rows()));
  }

  /** y_k = r_k, y_i = r_i + c_i y_(i+1), row by row: r [rows, k], c [images, k - 1]. */
  private static Matrix recursion(Recorder recorder, Matrix r, Matrix c) {
    return HostLoop.of(
        recorder, List.of(r, c), r.rows(), r.columns(), new Recursion(r.columns(), c.rows()));
  }

  private record Recursion(int k, int images) implements TeamLoop {
    @Override
    public void forward(double[][] in, double[] y, double[] rows) {
      System.arraycopy(in[0], 0, y, 0, y.length);
      double[] c = in[1];
      for (int row = 0; row < rows.length; row++) {
        int at = row * k;
        int link = row % images * (k - 1);
        for (int i = k - 2; i >= 0; i--) {
          y[at + i] += c[link + i] * y[at + i + 1];
        }
      }
    }

    @Override
    public void backward(
        double[][] in, double[] y, double[] byY, double[] byRows, double[][] byIn) {
      double[] c = in[1];
      for (int row = 0; row < byRows.length; row++) {
        int at = row * k;
        int link = row % images * (k - 1);
        for (int i = 0; i < k - 1; i++) {
          byIn[1][link + i] += byY[at + i] * y[at + i + 1];
          byY[at + i + 1] += c[link + i] * byY[at + i];
        }
      }
      System.arraycopy(byY, 0, byIn[0], 0, byY.length);
    }

    @Override
    public LoopKernels kernels() {
      return new RecursionKernels(k);
    }
  }
}
