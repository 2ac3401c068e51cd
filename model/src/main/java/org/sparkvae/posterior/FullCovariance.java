package org.sparkvae.posterior;

import static org.sparkvae.tensor.formula.Formula.value;
import static org.sparkvae.tensor.formula.Function.EXP;

import java.util.List;
import java.util.Map;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.posterior.loop.DensityKernels;
import org.sparkvae.posterior.loop.FactorWhitening;
import org.sparkvae.posterior.loop.LoopKernels;
import org.sparkvae.posterior.loop.NoiseKernels;
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
        () -> new Noises(new Factor(latent, images)),
        () -> new Densities(new Factor(latent, images)));
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

  /** Solves C e = z - mean for one draw and one image. */
  private static final class Factor {
    private final int k;
    private final int images;
    private final int links;
    private final double[] precision;
    private final double[] e;
    private final double[] byOffset;

    Factor(int k, int images) {
      this.k = k;
      this.images = images;
      links = k * (k - 1) / 2;
      precision = new double[images * k];
      e = new double[k];
      byOffset = new double[k];
    }

    /** Takes the diagonals, 1 / C_jj. */
    void invert(double[][] in) {
      for (int image = 0; image < images; image++) {
        for (int j = 0; j < k; j++) {
          precision[image * k + j] = Math.exp(-0.5 * in[1][(2 * image + 1) * k + j]);
        }
      }
    }

    /** Sets e. */
    void whiten(double[][] in, int row, int image) {
      for (int j = 0; j < k; j++) {
        e[j] = in[0][row * k + j] - in[1][2 * image * k + j];
      }
      int link = image * links;
      for (int j = 0; j < k; j++) {
        e[j] *= precision[image * k + j];
        Sums.add(-e[j], in[2], link, e, j + 1, k - 1 - j);
        link += k - 1 - j;
      }
    }

    /** Adds what the derivatives by e are by the draw and the Gaussian; byE as {@link #e}. */
    void derive(double[][] in, double[] byE, int at, int row, int image, double[][] byIn) {
      int link = (image + 1) * links;
      for (int j = k - 1; j >= 0; j--) {
        int count = k - 1 - j;
        link -= count;
        double rest = byE[at + j] - Sums.dot(in[2], link, byOffset, j + 1, count);
        byOffset[j] = rest * precision[image * k + j];
        byIn[1][(2 * image + 1) * k + j] -= 0.5 * rest * e[j];
        Sums.add(-e[j], byOffset, j + 1, byIn[2], link, count);
      }
      Sums.add(1, byOffset, 0, byIn[0], row * k, k);
      Sums.add(-1, byOffset, 0, byIn[1], 2 * image * k, k);
    }
  }

  /**
   * The noise of draws: from draws z [rows, k], means and s [images, 2 k], and links [images, n].
   */
  private record Noises(Factor factor) implements TeamLoop {
    @Override
    public LoopKernels kernels() {
      return new NoiseKernels(new FactorWhitening(factor.k));
    }

    @Override
    public int images() {
      return factor.images;
    }

    @Override
    public void forward(double[][] in, double[] out, double[] rows) {
      factor.invert(in);
      for (int row = 0; row < rows.length; row++) {
        factor.whiten(in, row, row % factor.images);
        System.arraycopy(factor.e, 0, out, row * factor.k, factor.k);
      }
    }

    @Override
    public void backward(
        double[][] in, double[] out, double[] byOut, double[] byRows, double[][] byIn) {
      for (int row = 0; row < byRows.length; row++) {
        int image = row % factor.images;
        factor.whiten(in, row, image);
        factor.derive(in, byOut, row * factor.k, row, image, byIn);
      }
    }
  }

  /**
   * -1/2 sum_i (log 2 pi + s_i + e_i^2), C e = z - mean: from values z [rows, k], means and s
   * [images, 2 k], and C's links [images, n] -> [rows, images].
   */
  private record Densities(Factor factor) implements TeamLoop {
    @Override
    public LoopKernels kernels() {
      return new DensityKernels(new FactorWhitening(factor.k));
    }

    @Override
    public int images() {
      return factor.images;
    }

    private static final double LOG_2PI = Math.log(2 * Math.PI);

    @Override
    public void forward(double[][] in, double[] out, double[] rows) {
      factor.invert(in);
      int k = factor.k;
      for (int row = 0; row < rows.length; row++) {
        for (int image = 0; image < factor.images; image++) {
          factor.whiten(in, row, image);
          double sum = k * LOG_2PI + Sums.dot(factor.e, 0, factor.e, 0, k);
          for (int j = 0; j < k; j++) {
            sum += in[1][(2 * image + 1) * k + j];
          }
          out[row * factor.images + image] = -0.5 * sum;
        }
      }
    }

    @Override
    public void backward(
        double[][] in, double[] out, double[] byOut, double[] byRows, double[][] byIn) {
      int k = factor.k;
      double[] byE = new double[k];
      for (int row = 0; row < byRows.length; row++) {
        for (int image = 0; image < factor.images; image++) {
          factor.whiten(in, row, image);
          double by = byOut[row * factor.images + image];
          for (int j = 0; j < k; j++) {
            byE[j] = -by * factor.e[j];
            byIn[1][(2 * image + 1) * k + j] -= 0.5 * by;
          }
          factor.derive(in, byE, 0, row, image, byIn);
        }
      }
    }
  }
}
