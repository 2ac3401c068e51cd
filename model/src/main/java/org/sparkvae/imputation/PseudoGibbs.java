package org.sparkvae.imputation;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.kinds.Setting;
import org.sparkvae.vae.Contradiction;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Model;

/**
 * Chains that draw z of q(z|x) and the missing values of p(x_m|z) by turns (Rezende, Mohamed &
 * Wierstra, 2014, section 6.2 and appendix F). They end near p(x_m|x_o) only as far as q is near
 * the true posterior.
 *
 * @param warmUp steps before the mean is taken
 * @param steps that the mean is taken over
 * @param draws of each image: a chain each
 */
public record PseudoGibbs(
    @Setting(says = "Steps before the mean is taken.", otherwise = "20", least = 0) int warmUp,
    @Setting(says = "Steps that the mean is taken over.", otherwise = "100", least = 1) int steps,
    @Setting(says = "Chains of each image: multiple imputations.", otherwise = "5", least = 1)
        int draws)
    implements Imputation {

  /** It needs an encoder. */
  @Override
  public Optional<Contradiction> contradiction(Model model) {
    return model.hasEncoder()
        ? Optional.empty()
        : Optional.of(
            new Contradiction(
                "type",
                "is pseudo-gibbs, which draws codes from the encoder's posterior, but the model has"
                    + " no encoder; choose importance-weighted"));
  }

  @Override
  public double samplesWorth() {
    return 2.0 * (warmUp + steps) * draws;
  }

  @Override
  public Imputer on(ImageModel model, INDArray parameters) {
    return new ChainImputer(new GibbsSteps(model, parameters, draws), warmUp, 0, steps);
  }
}
