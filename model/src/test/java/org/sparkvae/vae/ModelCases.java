package org.sparkvae.vae;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.bound.BoundSpec;
import org.sparkvae.likelihood.LikelihoodSpec;
import org.sparkvae.tensor.Activation;

/** Small models of every kind, with random parameters, images and noise. */
final class ModelCases {
  static final int PIXELS = 7;
  static final int LATENT = 3;
  static final int BATCH = 4;

  private ModelCases() {}

  static List<LikelihoodSpec> likelihoods() {
    return List.of(
        new LikelihoodSpec.Bernoulli(),
        new LikelihoodSpec.Gaussian(LikelihoodSpec.Variance.PER_PIXEL, 0.01),
        new LikelihoodSpec.Gaussian(LikelihoodSpec.Variance.SHARED, 0.01));
  }

  static List<BoundSpec> bounds() {
    return List.of(
        new BoundSpec.Elbo(1, BoundSpec.Kl.ANALYTIC),
        new BoundSpec.Elbo(3, BoundSpec.Kl.ANALYTIC),
        new BoundSpec.Elbo(3, BoundSpec.Kl.MONTE_CARLO),
        new BoundSpec.ImportanceWeighted(1),
        new BoundSpec.ImportanceWeighted(5));
  }

  static List<VaeSpec> specs() {
    List<VaeSpec> specs = new ArrayList<>();
    for (LikelihoodSpec likelihood : likelihoods()) {
      for (Activation activation :
          List.of(Activation.TANH, Activation.RELU, Activation.SOFTPLUS, Activation.ELU)) {
        specs.add(
            new VaeSpec(
                PIXELS,
                LATENT,
                new NetworkSpec(List.of(6, 5), activation),
                new NetworkSpec(List.of(5), activation),
                likelihood));
      }
      NetworkSpec linear = new NetworkSpec(List.of(), Activation.TANH);
      specs.add(new VaeSpec(PIXELS, LATENT, linear, linear, likelihood));
    }
    return specs;
  }

  static INDArray parameters(VaeSpec spec, DataType type, long seed) {
    Random random = new Random(seed);
    double[] values = new double[Math.toIntExact(VaeParameters.count(spec))];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.4 * random.nextGaussian());
    }
    return Nd4j.createFromArray(values).castTo(type);
  }

  static void fill(Objective objective, VaeSpec spec, long seed) {
    Random random = new Random(seed);
    boolean binary = spec.likelihood() instanceof LikelihoodSpec.Bernoulli;
    for (int i = 0; i < objective.images().length; i++) {
      objective.images()[i] = binary ? random.nextInt(2) : random.nextFloat();
    }
    for (int i = 0; i < objective.noise().length; i++) {
      objective.noise()[i] = (float) random.nextGaussian();
    }
  }
}
