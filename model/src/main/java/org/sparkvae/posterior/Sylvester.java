package org.sparkvae.posterior;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sparkvae.distribution.Misfit;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.kinds.Setting;
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
 * <p>The density of a given draw takes the way back, for which each direction of a map has an
 * equation of one variable to solve. There is no closed KL, nor a variance of each dimension. The
 * code that stands for the distribution is the base's, sent through the maps; it is not the mean.
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
  static final int PARAMETERS = 2;

  /** Checks the numbers. */
  public Sylvester {
    if (length < 1 || rank < 1 || reflections < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "length, rank and reflections must be at least 1, but are %d, %d and %d",
              length,
              rank,
              reflections));
    }
  }

  @Override
  public Optional<Misfit> misfit(int latent) {
    return rank > latent
        ? Optional.of(
            new Misfit(
                "rank",
                String.format(
                    Locale.ROOT,
                    "is %d, but model.latent, which it can be at most, is %d",
                    rank,
                    latent)))
        : base.misfitAsBase(latent).map(misfit -> misfit.in("base"));
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

  /** Of the base. */
  @Override
  public List<Matrix> movable(List<Matrix> parameters) {
    return base.movable(parameters.subList(length * PARAMETERS, parameters.size()));
  }

  @Override
  public Samplable of(Recorder recorder, List<Matrix> parameters, int latent) {
    int ofMaps = length * PARAMETERS;
    List<Matrix> maps = parameters.subList(0, ofMaps);
    Samplable start =
        base.of(recorder.at("base"), parameters.subList(ofMaps, parameters.size()), latent);
    int images = maps.get(0).rows();
    Reflections turn = new Reflections(latent, reflections);
    LoopMap all =
        new LoopMap(recorder, maps, () -> new SylvesterBends(images, latent, rank, length, turn));
    return new Mapped(recorder, start, List.of(all));
  }
}
