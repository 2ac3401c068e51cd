package org.sparkvae.imputation;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.kinds.Setting;
import org.sparkvae.vae.Contradiction;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Model;

/**
 * Chains whose states are exactly of p(x_m, z | x_o) in the limit (Mattei & Frellsen, 2018,
 * "Leveraging the exact likelihood of deep latent variable models", section 3): a draw z' of q(z|x)
 * takes the place of z with probability
 *
 * <pre>
 * min(1, w(z') / w(z)),   w(z) = p(x|z) p(z) / q(z|x)
 * </pre>
 *
 * <p>then the missing values are drawn of p(x_m|z).
 *
 * @param pseudoSteps pseudo-Gibbs steps at first, which find the region
 * @param warmUp steps before the mean is taken
 * @param steps that the mean is taken over
 * @param draws of each image: a chain each
 */
public record MetropolisWithinGibbs(
    @Setting(
            says = "Pseudo-Gibbs steps at first, which find the region.",
            otherwise = "20",
            least = 1)
        int pseudoSteps,
    @Setting(says = "Steps before the mean is taken.", otherwise = "20", least = 0) int warmUp,
    @Setting(says = "Steps that the mean is taken over.", otherwise = "100", least = 1) int steps,
    @Setting(says = "Chains of each image: multiple imputations.", otherwise = "5", least = 1)
        int draws)
    implements Imputation {

  @Override
  public Optional<Contradiction> contradiction(Model model) {
    return MetropolisSteps.contradiction(model);
  }

  @Override
  public double samplesWorth() {
    return (2.0 * pseudoSteps + 3.0 * (warmUp + steps)) * draws;
  }

  @Override
  public Imputer on(ImageModel model, INDArray parameters) {
    return new ChainImputer(
        new MetropolisSteps(model, parameters, draws), pseudoSteps, warmUp, steps);
  }
}
