package org.sparkvae.posterior;

import static org.sparkvae.tensor.formula.Formula.value;
import static org.sparkvae.tensor.formula.Function.EXP;

import java.util.List;
import java.util.Map;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.posterior.loop.LoopKernels;
import org.sparkvae.posterior.loop.ProductKernels;
import org.sparkvae.posterior.loop.SquaresKernels;
import org.sparkvae.tensor.HostLoop;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.formula.Formula;

/**
 * Gaussians of any covariance C C^T, C lower triangular with a diagonal above 0 (Kingma & Welling,
 * "An Introduction to Variational Autoencoders", 2019, section 2.5.1). A draw, its density and the
 * marginal variances take time k^2.
 *
 * <p>z = mean + C e, e ~ N(0, I). log q(z|x) = -(k/2) log 2 pi - sum_i log C_ii - |e|^2 / 2, nats.
 * The marginal variances are v_i = sum_(j <= i) C_ij^2, and KL(q || N(0, I)) = 1/2 (sum_i v_i +
 * |mean|^2 - k) - sum_i log C_ii.
 *
 * <p>An affine head on the body, weight [n, 2 k] and bias [2 k], gives the means, then s_i = 2 log
 * C_ii, as that of {@link DiagonalGaussian}. Another, link.weight and link.bias, gives the k (k -
 * 1) / 2 values below the diagonal, column by column; it starts at 0, so that training starts from
 * the diagonal Gaussian.
 */
public record FullCovariance() implements Posterior {
  private static final Formula.Operand S = value("s");

  /** Means and s, then what is below the diagonal where there is more than one dimension. */
  @Override
  public List<Matrix> parameters(Recorder recorder, Matrix features, int latent) {
    return Correlated.parameters(
        recorder, features, latent, Math.multiplyExact(latent, latent - 1) / 2);
  }

  /** Means and deviations. */
  @Override
  public List<Matrix> movable(List<Matrix> parameters) {
    return parameters.subList(0, 1);
  }

  @Override
  public Samplable of(Recorder recorder, List<Matrix> parameters, int latent) {
    Matrix packed = parameters.get(0);
    if (latent == 1) {
      return new DiagonalGaussian().of(recorder, parameters, latent);
    }
    Matrix links = parameters.get(1);
    int images = packed.rows();
    Matrix diagonal =
        recorder.map(S.times(0.5).apply(EXP), Map.of(S, packed.range(latent, latent)));
    Matrix variance =
        HostLoop.of(
            recorder, List.of(diagonal, links), images, latent, new Variances(latent, images));
    return new Correlated(
        recorder,
        packed,
        links,
        variance,
        noise ->
            HostLoop.of(
                recorder,
                List.of(noise, diagonal, links),
                noise.rows(),
                latent,
                new Product(latent, images)),
        () -> new FactorNoise(new FactorSolution(latent, images)),
        () -> new FactorDensities(new FactorSolution(latent, images)));
  }

  /** C e: from noise e [rows, k], C's diagonal [images, k] and C's links [images, n]. */
  private record Product(int k, int images) implements TeamLoop {
    @Override
    public LoopKernels kernels() {
      return new ProductKernels(k);
    }

    @Override
    public void forward(double[][] in, double[] out, double[] rows) {
      int links = k * (k - 1) / 2;
      for (int row = 0; row < rows.length; row++) {
        int at = row * k;
        int image = row % images;
        for (int i = 0; i < k; i++) {
          out[at + i] = in[1][image * k + i] * in[0][at + i];
        }
        int link = image * links;
        for (int j = 0; j < k; j++) {
          Sums.add(in[0][at + j], in[2], link, out, at + j + 1, k - 1 - j);
          link += k - 1 - j;
        }
      }
    }

    @Override
    public void backward(
        double[][] in, double[] out, double[] byOut, double[] byRows, double[][] byIn) {
      int links = k * (k - 1) / 2;
      for (int row = 0; row < byRows.length; row++) {
        int at = row * k;
        int image = row % images;
        int link = image * links;
        for (int j = 0; j < k; j++) {
          int count = k - 1 - j;
          double by = byOut[at + j];
          byIn[1][image * k + j] += by * in[0][at + j];
          byIn[0][at + j] =
              by * in[1][image * k + j] + Sums.dot(in[2], link, byOut, at + j + 1, count);
          Sums.add(in[0][at + j], byOut, at + j + 1, byIn[2], link, count);
          link += count;
        }
      }
    }
  }

  /** The sums of squares of C's rows: from C's diagonal [images, k] and links [images, n]. */
  private record Variances(int k, int images) implements TeamLoop {
    @Override
    public LoopKernels kernels() {
      return new SquaresKernels(k);
    }

    @Override
    public void forward(double[][] in, double[] out, double[] rows) {
      int link = 0;
      for (int image = 0; image < rows.length; image++) {
        int at = image * k;
        for (int i = 0; i < k; i++) {
          out[at + i] = in[0][at + i] * in[0][at + i];
        }
        for (int j = 0; j < k; j++) {
          for (int i = j + 1; i < k; i++, link++) {
            out[at + i] += in[1][link] * in[1][link];
          }
        }
      }
    }

    @Override
    public void backward(
        double[][] in, double[] out, double[] byOut, double[] byRows, double[][] byIn) {
      int link = 0;
      for (int image = 0; image < byRows.length; image++) {
        int at = image * k;
        for (int j = 0; j < k; j++) {
          byIn[0][at + j] += 2 * byOut[at + j] * in[0][at + j];
          for (int i = j + 1; i < k; i++, link++) {
            byIn[1][link] += 2 * byOut[at + i] * in[1][link];
          }
        }
      }
    }
  }
}
