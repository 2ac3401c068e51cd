package org.sparkvae.posterior;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparkvae.distribution.Misfit;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Start;
import org.sparkvae.tensor.kernels.Activation;

/**
 * Planar flows: a draw of another family, sent through maps that each bend space along one
 * direction (Rezende & Mohamed, 2015, eq. 10 to 13 and appendix A.1).
 *
 * <p>f(z) = z + u' tanh(w . z + b), with u' = u + (softplus(w . u) - 1 - w . u) w / |w|^2, so that
 * w . u' = softplus(w . u) - 1 is above -1 and f has an inverse. log q(f(z)) = log q(z) - log(1 +
 * (1 - tanh^2(w . z + b)) w . u'), nats. u and w, [images, latent], and b, [images, 1], of each map
 * are affine in the encoder's features, by heads of weights [n, latent] and [n, 1]. The bias of w
 * starts above 0: where all features are 0, as those of a black image may be, w would be 0 as well,
 * for which there is no map.
 *
 * <p>The density of a given draw takes the way back, for which each map has an equation of one
 * variable to solve. There is no closed KL, nor a variance of each dimension. The code that stands
 * for the distribution is the base's mean, sent through the maps; it is not the mean.
 *
 * @param length maps in a row
 * @param base the family whose draws are mapped
 */
public record Planar(
    @Setting(says = "Maps in a row.", otherwise = "10", least = 1) int length,
    @Setting(says = "The family whose draws are mapped.", otherwise = "diagonal-gaussian")
        Posterior base)
    implements Posterior {
  /** Where the bias of w starts. */
  private static final float START_W = 0.1f;

  /** How many matrices say a map: u, w and b. */
  static final int PARAMETERS = 3;

  /** Checks the length. */
  public Planar {
    if (length < 1) {
      throw new IllegalArgumentException("length must be at least 1, but is " + length);
    }
  }

  /** u, w and b of each map, then the base's. */
  @Override
  public List<Matrix> parameters(Recorder recorder, Matrix features, int latent) {
    List<Matrix> ofBase = base.parameters(recorder.at("base"), features, latent);
    List<Matrix> all = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      Recorder at = recorder.at(Integer.toString(i));
      Recorder atW = at.at("w");
      all.add(at.at("u").dense(features, latent, Activation.IDENTITY));
      all.add(
          atW.dense(
              features,
              atW.weight("weight", features.columns(), latent),
              atW.vector("bias", latent, new Start.Constant(START_W)),
              Activation.IDENTITY));
      all.add(at.at("b").dense(features, 1, Activation.IDENTITY));
    }
    all.addAll(ofBase);
    return all;
  }

  @Override
  public Optional<Misfit> misfit(int latent) {
    return base.misfitAsBase(latent).map(misfit -> misfit.in("base"));
  }

  /** Of the base. */
  @Override
  public List<Matrix> movable(List<Matrix> parameters) {
    return base.movable(parameters.subList(length * PARAMETERS, parameters.size()));
  }

  @Override
  public Samplable of(Recorder recorder, List<Matrix> parameters, int latent) {
    int ofBends = length * PARAMETERS;
    List<Matrix> bends = parameters.subList(0, ofBends);
    Samplable start =
        base.of(recorder.at("base"), parameters.subList(ofBends, parameters.size()), latent);
    int images = bends.get(0).rows();
    LoopMap all = new LoopMap(recorder, bends, () -> new PlanarBends(images, latent, length));
    return new Mapped(recorder, start, List.of(all));
  }
}
