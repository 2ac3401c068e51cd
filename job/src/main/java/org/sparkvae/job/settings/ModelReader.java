package org.sparkvae.job.settings;

import java.util.List;
import org.sparkvae.likelihood.LikelihoodSpec;
import org.sparkvae.likelihood.LikelihoodSpec.Variance;
import org.sparkvae.tensor.Activation;
import org.sparkvae.vae.NetworkSpec;

/** Reads the block {@code model}. */
final class ModelReader {
  private enum Likelihood {
    BERNOULLI,
    GAUSSIAN
  }

  private ModelReader() {}

  static ModelSettings read(Keys keys) {
    return new ModelSettings(
        keys.whole("latent", 1),
        network(keys.at("encoder")),
        network(keys.at("decoder")),
        likelihood(keys.at("likelihood")));
  }

  private static NetworkSpec network(Keys keys) {
    return new NetworkSpec(
        keys.wholeList("hidden", 1, List.of(200, 200)),
        keys.choice(
            "activation",
            List.of(Activation.TANH, Activation.RELU, Activation.SOFTPLUS, Activation.ELU)));
  }

  private static LikelihoodSpec likelihood(Keys keys) {
    Likelihood type = keys.choice("type", List.of(Likelihood.values()));
    Variance variance = keys.choice("variance", List.of(Variance.values()));
    double minVariance = keys.number("min-variance", Range.ABOVE_ZERO);
    return switch (type) {
      case BERNOULLI -> new LikelihoodSpec.Bernoulli();
      case GAUSSIAN -> new LikelihoodSpec.Gaussian(variance, minVariance);
    };
  }
}
