package org.sparkvae.posterior;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sparkvae.distribution.Misfit;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.tensor.HostLoop;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Start;
import org.sparkvae.tensor.kernels.Activation;

/**
 * Sylvester flows: a draw of another family, sent through maps that each bend space along m
 * directions at right angles (van den Berg et al., "Sylvester Normalizing Flows for Variational
 * Inference", 2018, theorem 2).
 *
 * <p>f(z) = z + Q R tanh(S Q^T z + b), where Q [latent, m] has orthonormal columns and R and S [m,
 * m] are upper triangular. log q(f(z)) = log q(z) - sum_j log(1 + (1 - tanh_j^2) r_jj s_jj), nats.
 * The diagonals of R and S are tanh of what the encoder gives, so that r_jj s_jj is above -1 and f
 * has an inverse. Q is the first m columns of a product of Householder reflections, as in the
 * paper's Householder Sylvester flows: orthonormal as it stands, and of the cost of a few products
 * of vectors a sample, where the iterations of its orthogonal flows take products of matrices for
 * each image at every step.
 *
 * <p>Of each map, the directions of the reflections, [images, reflections latent], and R, S and b,
 * [images, m (m + 1) + m], R and S row by row from their diagonals on, are affine in the encoder's
 * features, by the heads i.v and i.r. The bias of i.v starts above 0: where a direction is 0,
 * nothing is reflected, nor would it ever be.
 *
 * <p>The density is known of its own draws alone. There is no closed KL, nor a variance of each
 * dimension. The code that stands for the distribution is the base's, sent through the maps; it is
 * not the mean.
 *
 * @param length maps in a row
 * @param rank m, directions of each map
 * @param reflections that make the directions of each map
 * @param base the family whose draws are mapped
 */
public record Sylvester(
    @Setting(says = "Maps in a row.", otherwise = "4", least = 1) int length,
    @Setting(
            says = "Directions that each map bends space along, at most model.latent.",
            otherwise = "16",
            least = 1)
        int rank,
    @Setting(says = "Reflections that turn the directions of each map.", otherwise = "4", least = 1)
        int reflections,
    @Setting(says = "The family whose draws are mapped.", otherwise = "diagonal-gaussian")
        Posterior base)
    implements Posterior {
  private static final Start START = new Start.Constant(0.1f);

  /** How many matrices say a map: v and r. */
  private static final int PARAMETERS = 2;

  /** Checks the numbers. */
  public Sylvester {
    if (length < 1 || rank < 1 || reflections < 1) {
      throw new IllegalArgumentException(
          "length, rank and reflections must be at least 1, but are %d, %d and %d"
              .formatted(length, rank, reflections));
    }
  }

  @Override
  public Optional<Misfit> misfit(int latent) {
    return rank > latent
        ? Optional.of(
            new Misfit(
                "rank",
                "is %d, but model.latent, which it can be at most, is %d".formatted(rank, latent)))
        : base.misfit(latent).map(misfit -> misfit.in("base"));
  }

  /** v and r of each map, then the base's. */
  @Override
  public List<Matrix> parameters(Recorder recorder, Matrix features, int latent) {
    List<Matrix> ofBase = base.parameters(recorder.at("base"), features, latent);
    List<Matrix> all = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      Recorder at = recorder.at(Integer.toString(i));
      Recorder v = at.at("v");
      int directions = Math.multiplyExact(reflections, latent);
      all.add(
          v.dense(
              features,
              v.weight("weight", features.columns(), directions),
              v.vector("bias", directions, START),
              Activation.IDENTITY));
      all.add(at.at("r").dense(features, rank * (rank + 2), Activation.IDENTITY));
    }
    all.addAll(ofBase);
    return all;
  }

  @Override
  public Samplable of(Recorder recorder, List<Matrix> parameters, int latent) {
    int ofMaps = length * PARAMETERS;
    List<Matrix> maps = parameters.subList(0, ofMaps);
    Samplable start =
        base.of(recorder.at("base"), parameters.subList(ofMaps, parameters.size()), latent);
    int images = maps.get(0).rows();
    Mapped.Step all =
        z -> {
          List<Matrix> inputs = new ArrayList<>(maps);
          inputs.add(z);
          Bends bends = new Bends(images, latent, rank, new Reflections(latent, reflections));
          HostLoop.Results mapped = HostLoop.both(recorder, inputs, z.rows(), latent, bends);
          return new Mapped.Moved(mapped.matrix(), mapped.rows());
        };
    return new Mapped(recorder, start, List.of(all));
  }

  /**
   * All maps, from v and r of each, and last z [rows, latent].
   *
   * <p>A map turns z by the reflections, adds to its first m values, and turns it back.
   */
  private static final class Bends implements HostLoop.Body {
    private final int images;
    private final int k;
    private final int m;
    private final int triangle;
    private final Reflections turn;
    private final double[] added;
    private final double[] byBend;

    /** tanh of every row and map, [rows, length, m]. */
    private double[] bends = new double[0];

    /** R and S with their diagonals, and b, as r has them; [images, length, m (m + 2)]. */
    private double[] matrices = new double[0];

    private double[] byMatrices = new double[0];

    /** What the maps gave, and on the way back what they were given. */
    private double[] z = new double[0];

    Bends(int images, int k, int m, Reflections turn) {
      this.images = images;
      this.k = k;
      this.m = m;
      this.turn = turn;
      triangle = m * (m + 1) / 2;
      added = new double[m];
      byBend = new double[m];
    }

    @Override
    public void forward(double[][] in, double[] out, double[] rows) {
      int length = in.length / PARAMETERS;
      int size = m * (m + 2);
      if (bends.length != rows.length * length * m) {
        bends = new double[rows.length * length * m];
        matrices = new double[images * length * size];
        byMatrices = new double[matrices.length];
        z = new double[out.length];
      }
      for (int i = 0; i < length; i++) {
        for (int image = 0; image < images; image++) {
          int at = (image * length + i) * size;
          System.arraycopy(in[PARAMETERS * i + 1], image * size, matrices, at, size);
          for (int j = 0; j < m; j++) {
            matrices[at + diagonal(j)] = Math.tanh(matrices[at + diagonal(j)]);
            int ofS = at + triangle + diagonal(j);
            matrices[ofS] = Math.tanh(matrices[ofS]);
          }
        }
      }
      System.arraycopy(in[in.length - 1], 0, out, 0, out.length);
      for (int row = 0; row < rows.length; row++) {
        int image = row % images;
        rows[row] = 0;
        for (int i = 0; i < length; i++) {
          double[] v = in[PARAMETERS * i];
          int at = image * (v.length / images);
          turn.forth(v, at, out, row * k);
          rows[row] += bend((image * length + i) * size, out, row * k, (row * length + i) * m);
          turn.back(v, at, out, row * k);
        }
      }
    }

    /** Where the place (j, j) of a triangle is. */
    private int diagonal(int j) {
      return j * m - j * (j - 1) / 2;
    }

    /** Adds R tanh(S y + b) to y; the log-volume. */
    private double bend(int matrix, double[] y, int row, int tanh) {
      double logVolume = 0;
      for (int j = 0; j < m; j++) {
        int s = matrix + triangle + diagonal(j);
        double a = matrices[matrix + 2 * triangle + j] + Sums.dot(matrices, s, y, row + j, m - j);
        double h = Math.tanh(a);
        bends[tanh + j] = h;
        logVolume += Math.log1p((1 - h * h) * matrices[matrix + diagonal(j)] * matrices[s]);
      }
      for (int j = 0; j < m; j++) {
        y[row + j] += Sums.dot(matrices, matrix + diagonal(j), bends, tanh + j, m - j);
      }
      return logVolume;
    }

    @Override
    public void backward(
        double[][] in, double[] out, double[] byOut, double[] byRows, double[][] byIn) {
      int length = in.length / PARAMETERS;
      int size = m * (m + 2);
      Arrays.fill(byMatrices, 0);
      System.arraycopy(out, 0, z, 0, out.length);
      for (int row = 0; row < byRows.length; row++) {
        int image = row % images;
        for (int i = length - 1; i >= 0; i--) {
          double[] v = in[PARAMETERS * i];
          double[] byV = byIn[PARAMETERS * i];
          int at = image * (v.length / images);
          turn.backBackward(v, byV, at, z, row * k, byOut, row * k);
          int matrix = (image * length + i) * size;
          bendBackward(matrix, z, byOut, row * k, (row * length + i) * m, byRows[row]);
          turn.forthBackward(v, byV, at, z, row * k, byOut, row * k);
        }
      }
      System.arraycopy(byOut, 0, byIn[byIn.length - 1], 0, byOut.length);
      for (int i = 0; i < length; i++) {
        for (int image = 0; image < images; image++) {
          int at = (image * length + i) * size;
          for (int j = 0; j < m; j++) {
            straighten(at + diagonal(j));
            straighten(at + triangle + diagonal(j));
          }
          System.arraycopy(byMatrices, at, byIn[PARAMETERS * i + 1], image * size, size);
        }
      }
    }

    /** From the derivative by a tanh to that by its argument. */
    private void straighten(int place) {
      byMatrices[place] *= 1 - matrices[place] * matrices[place];
    }

    private void bendBackward(
        int matrix, double[] y, double[] by, int row, int tanh, double byVolume) {
      for (int j = 0; j < m; j++) {
        added[j] = Sums.dot(matrices, matrix + diagonal(j), bends, tanh + j, m - j);
        byBend[j] = 0;
      }
      for (int j = 0; j < m; j++) {
        y[row + j] -= added[j];
        int r = matrix + diagonal(j);
        Sums.add(by[row + j], bends, tanh + j, byMatrices, r, m - j);
        Sums.add(by[row + j], matrices, r, byBend, j, m - j);
      }
      for (int j = 0; j < m; j++) {
        int r = matrix + diagonal(j);
        int s = matrix + triangle + diagonal(j);
        double h = bends[tanh + j];
        double slope = 1 - h * h;
        double byReach = byVolume / (1 + slope * matrices[r] * matrices[s]);
        byMatrices[r] += byReach * slope * matrices[s];
        byMatrices[s] += byReach * slope * matrices[r];
        double byAngle = (byBend[j] - 2 * h * byReach * matrices[r] * matrices[s]) * slope;
        byMatrices[matrix + 2 * triangle + j] += byAngle;
        Sums.add(byAngle, y, row + j, byMatrices, s, m - j);
        byBend[j] = byAngle;
      }
      for (int j = 0; j < m; j++) {
        Sums.add(byBend[j], matrices, matrix + triangle + diagonal(j), by, row + j, m - j);
      }
    }
  }
}
