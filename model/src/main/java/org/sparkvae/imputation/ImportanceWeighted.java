package org.sparkvae.imputation;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.kinds.Setting;
import org.sparkvae.vae.Contradiction;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Model;

/**
 * Importance samples of the posterior, weighted by the observed values o (Mattei & Frellsen, 2019,
 * "MIWAE", equations 10 to 12):
 *
 * <pre>
 * E[x_m | x_o] = sum_l w_l E[x_m | z_l],   w_l ~ p(x_o|z_l) p(z_l) / q(z_l|x),   sum_l w_l = 1
 * </pre>
 *
 * <p>with z_l of q(z|x), where the missing values of x are as {@link PseudoGibbs} leaves them after
 * some steps. Multiple imputations draw z_l by the weights, and x_m of p(x_m|z_l).
 *
 * @param samples of z
 * @param steps of pseudo-Gibbs sampling before
 * @param draws of each image
 */
public record ImportanceWeighted(
    @Setting(says = "Importance samples of each image.", otherwise = "1000", least = 1) int samples,
    @Setting(
            says =
                "Steps of pseudo-Gibbs sampling that fill the missing values in before the encoder"
                    + " sees the image.",
            otherwise = "10",
            least = 0)
        int steps,
    @Setting(says = Imputation.DRAWS_SAYS, otherwise = "5", least = 0) int draws)
    implements Imputation {

  @Override
  public Optional<Contradiction> contradiction(Model model) {
    return WeightedImputer.contradiction(model);
  }

  @Override
  public double samplesWorth() {
    return samples + 2.0 * steps;
  }

  @Override
  public Imputer on(ImageModel model, INDArray parameters) {
    return new WeightedImputer(model, parameters, this);
  }
}
