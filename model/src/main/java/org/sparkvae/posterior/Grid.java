package org.sparkvae.posterior;

import static org.sparkvae.tensor.formula.Formula.value;
import static org.sparkvae.tensor.formula.Function.EXP;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sparkvae.distribution.Misfit;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.posterior.loop.GridColumns;
import org.sparkvae.posterior.loop.LoopKernels;
import org.sparkvae.posterior.loop.SolutionKernels;
import org.sparkvae.tensor.HostLoop;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.formula.Formula;

/**
 * Gaussians whose dimensions form a grid of r rows of c: the precision is L L^T, L lower block
 * bidiagonal of a lower triangular block D_i [c, c] for each row and any block B_i [c, c] below it,
 * so that a row is independent of all others given its two neighbours. Every Gaussian whose
 * precision has the pattern of a grid with its diagonals is one, as the factor fills its blocks. A
 * draw and its density take time r c^2, the marginal variances r c^3.
 *
 * <p>z = mean + n, L^T n = e, e ~ N(0, I), solved from the last dimension to the first. log q(z|x)
 * = -(k/2) log 2 pi + sum_p log L_pp - |e|^2 / 2, nats. The covariance S is L^-T L^-1, of which the
 * part in the pattern of L is found from the last column to the first, as L^T S = L^-1: S_pq = -(1
 * / L_pp) sum_(m > p) L_mp S_mq for q above p, S_pp = (1 / L_pp) (1 / L_pp - sum_(m > p) L_mp S_mp)
 * (Takahashi et al., 1973; Rue & Held, 2005, section 2.4). KL(q || N(0, I)) = 1/2 (sum_p S_pp +
 * |mean|^2 - k) + sum_p log L_pp.
 *
 * <p>An affine head on the body, weight [n, 2 k] and bias [2 k], gives the means, then s_p = -2 log
 * L_pp, as that of {@link Chain}. Another, link.weight and link.bias, gives what of L stands below
 * its diagonal, column by column; it starts at 0, so that training starts from the diagonal
 * Gaussian.
 *
 * @param rows r
 * @param columns c
 */
public record Grid(
    @Setting(
            says = "Rows of the grid; with columns they multiply to model.latent.",
            otherwise = "5",
            least = 1)
        int rows,
    @Setting(says = "Dimensions in a row of the grid.", otherwise = "10", least = 1) int columns)
    implements Posterior {
  private static final Formula.Operand S = value("s");

  /** Checks the sides. */
  public Grid {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a grid needs at least 1 row and 1 column, not %d and %d",
              rows,
              columns));
    }
  }

  @Override
  public Optional<Misfit> misfit(int latent) {
    return (long) rows * columns == latent
        ? Optional.empty()
        : Optional.of(
            new Misfit(
                "rows",
                String.format(
                    Locale.ROOT,
                    "is %d, and columns %d: they multiply to %d, but model.latent is %d",
                    rows,
                    columns,
                    (long) rows * columns,
                    latent)));
  }

  /** Means and s, then what links the dimensions where there is more than one. */
  @Override
  public List<Matrix> parameters(Recorder recorder, Matrix features, int latent) {
    return Correlated.parameters(recorder, features, latent, new Pattern(latent, columns).links());
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
    Pattern pattern = new Pattern(latent, columns);
    Matrix deviation =
        recorder.map(S.times(0.5).apply(EXP), Map.of(S, packed.range(latent, latent)));
    int images = packed.rows();
    Matrix variance =
        HostLoop.of(
            recorder,
            List.of(deviation, links),
            images,
            latent,
            new GridVariances(pattern, images));
    return new Correlated(
        recorder,
        packed,
        links,
        variance,
        noise ->
            HostLoop.of(
                recorder,
                List.of(noise, deviation, links),
                noise.rows(),
                latent,
                new Solution(pattern, images)),
        () -> new BandNoise(pattern, images),
        () -> new BandDensities(pattern, images));
  }

  /**
   * Where L is not 0 below its diagonal: column p to the end of the next row of the grid.
   *
   * @param k dimensions
   * @param width dimensions in a row of the grid
   */
  record Pattern(int k, int width) {
    /** The first row of L that column p does not reach. */
    int end(int p) {
      return Math.min(k, (p / width + 2) * width);
    }

    /** Values below the diagonal. */
    int links() {
      int sum = 0;
      for (int p = 0; p < k; p++) {
        sum += end(p) - p - 1;
      }
      return sum;
    }

    /** The same for kernels. */
    GridColumns columns() {
      return new GridColumns(k, width, links());
    }
  }

  /** n of L^T n = e: from noise e [rows, k], 1 / L_pp [images, k] and L's links [images, n]. */
  private record Solution(Pattern pattern, int images) implements TeamLoop {
    @Override
    public LoopKernels kernels() {
      return new SolutionKernels(pattern.columns());
    }

    @Override
    public void forward(double[][] in, double[] out, double[] rows) {
      int k = pattern.k();
      int links = in[2].length / images;
      for (int row = 0; row < rows.length; row++) {
        int at = row * k;
        int image = row % images;
        int link = (image + 1) * links;
        for (int p = k - 1; p >= 0; p--) {
          int count = pattern.end(p) - p - 1;
          link -= count;
          double rest = in[0][at + p] - Sums.dot(in[2], link, out, at + p + 1, count);
          out[at + p] = in[1][image * k + p] * rest;
        }
      }
    }

    @Override
    public void backward(
        double[][] in, double[] out, double[] byOut, double[] byRows, double[][] byIn) {
      int k = pattern.k();
      int links = in[2].length / images;
      for (int row = 0; row < byRows.length; row++) {
        int at = row * k;
        int image = row % images;
        int link = image * links;
        for (int p = 0; p < k; p++) {
          int count = pattern.end(p) - p - 1;
          double deviation = in[1][image * k + p];
          double byRest = deviation * byOut[at + p];
          byIn[0][at + p] = byRest;
          byIn[1][image * k + p] += byOut[at + p] * out[at + p] / deviation;
          Sums.add(-byRest, out, at + p + 1, byIn[2], link, count);
          Sums.add(-byRest, in[2], link, byOut, at + p + 1, count);
          link += count;
        }
      }
    }
  }
}
