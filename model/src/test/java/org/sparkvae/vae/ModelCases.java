package org.sparkvae.vae;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.Elbo;
import org.sparkvae.bound.ImportanceWeighted;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.likelihood.Gaussian;
import org.sparkvae.likelihood.Likelihood;
import org.sparkvae.likelihood.Support;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.noise.Noise;
import org.sparkvae.tensor.kernels.Activation;

/** Small models of every kind, with random parameters, images and noise. */
final class ModelCases {
  static final int PIXELS = 7;
  static final int LATENT = 3;
  static final int BATCH = 4;

  private ModelCases() {}

  static List<Likelihood> likelihoods() {
    return List.of(
        new Bernoulli(),
        new Gaussian(Gaussian.Variance.PER_PIXEL, 0.01),
        new Gaussian(Gaussian.Variance.SHARED, 0.01));
  }

  static List<Bound> bounds() {
    return List.of(
        new Elbo(1, Elbo.Kl.ANALYTIC),
        new Elbo(3, Elbo.Kl.ANALYTIC),
        new Elbo(3, Elbo.Kl.MONTE_CARLO),
        new ImportanceWeighted(1),
        new ImportanceWeighted(5));
  }

  static List<ImageModel> specs() {
    List<ImageModel> specs = new ArrayList<>();
    for (Likelihood likelihood : likelihoods()) {
      for (Activation activation :
          List.of(Activation.TANH, Activation.RELU, Activation.SOFTPLUS, Activation.ELU)) {
        specs.add(
            new ImageModel(
                Shape.vector(PIXELS),
                new Vae(
                    LATENT,
                    new Mlp(List.of(6, 5), activation),
                    new Mlp(List.of(5), activation),
                    likelihood)));
      }
      Mlp linear = new Mlp(List.of(), Activation.TANH);
      specs.add(new ImageModel(Shape.vector(PIXELS), new Vae(LATENT, linear, linear, likelihood)));
    }
    return specs;
  }

  static INDArray parameters(ImageModel spec, DataType type, long seed) {
    Random random = new Random(seed);
    double[] values = new double[Math.toIntExact(spec.parameters())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.4 * random.nextGaussian());
    }
    return Nd4j.createFromArray(values).castTo(type);
  }

  /** The key of an image's noise. */
  static long key(long seed, int image) {
    return Noise.key(seed, Noise.Purpose.TRAINING, 0, image);
  }

  /** A model's parts. */
  static Vae vae(ImageModel spec) {
    return (Vae) spec.model();
  }

  /** Sets images and noise by a seed. */
  static void fill(Objective objective, ImageModel spec, int samples, long seed) {
    Random random = new Random(seed);
    boolean binary = spec.model().support() == Support.BITS;
    for (int i = 0; i < objective.images().length; i++) {
      objective.images()[i] = binary ? random.nextInt(2) : random.nextFloat();
    }
    int images = objective.images().length / PIXELS;
    for (int image = 0; image < images; image++) {
      objective.noise().draw(key(seed, image), image, 0, samples);
    }
  }
}
