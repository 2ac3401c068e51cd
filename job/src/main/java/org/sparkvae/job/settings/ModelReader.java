package org.sparkvae.job.settings;

import java.util.List;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.likelihood.Gaussian;
import org.sparkvae.likelihood.Likelihood;
import org.sparkvae.network.Mlp;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.Model;
import org.sparkvae.vae.Vae;

/** Reads the block {@code model}. */
final class ModelReader {
  private enum LikelihoodType {
    BERNOULLI,
    GAUSSIAN
  }

  private ModelReader() {}

  static Model read(Keys keys) {
    return new Vae(
        keys.whole("latent", 1),
        network(keys.at("encoder")),
        network(keys.at("decoder")),
        likelihood(keys.at("likelihood")));
  }

  private static Mlp network(Keys keys) {
    return new Mlp(
        keys.wholeList("hidden", 1, List.of(200, 200)),
        keys.choice(
            "activation",
            List.of(Activation.TANH, Activation.RELU, Activation.SOFTPLUS, Activation.ELU)));
  }

  private static Likelihood likelihood(Keys keys) {
    LikelihoodType type = keys.choice("type", List.of(LikelihoodType.values()));
    Gaussian.Variance variance = keys.choice("variance", List.of(Gaussian.Variance.values()));
    double minVariance = keys.number("min-variance", Range.ABOVE_ZERO);
    return switch (type) {
      case BERNOULLI -> new Bernoulli();
      case GAUSSIAN -> new Gaussian(variance, minVariance);
    };
  }
}
