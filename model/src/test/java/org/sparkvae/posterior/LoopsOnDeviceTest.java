package org.sparkvae.posterior;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkvae.bound.Elbo;
import org.sparkvae.estimator.StickingTheLanding;
import org.sparkvae.fixtures.ModelSteps;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.prior.Prior;
import org.sparkvae.prior.StandardNormal;
import org.sparkvae.prior.Vampprior;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.tensor.kernels.Backend;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.ObjectiveSpec;
import org.sparkvae.vae.Vae;

/** The kernels of posteriors' loops, where a row has more values than a block has threads. */
class LoopsOnDeviceTest {
  private static final int LATENT = 35;

  /** With larger links, so many dimensions magnify what float32 rounds. */
  private static final double SCALE = 0.3;

  /** Each loop where a row of its matrices is longer than a block, and several samples an image. */
  static Stream<Posterior> posteriors() {
    return Stream.of(
        new Chain(),
        new Grid(5, 7),
        new Grid(1, 35),
        new FullCovariance(),
        new Householder(2, new DiagonalGaussian()),
        new Planar(10, new Chain()),
        new Sylvester(2, 34, 2, new FullCovariance()));
  }

  static Stream<Posterior> correlated() {
    return Stream.of(new Chain(), new Grid(5, 7), new FullCovariance());
  }

  /** Those whose densities of given draws take loops. */
  static Stream<Posterior> ofGivenDraws() {
    return Stream.concat(
        correlated(),
        Stream.of(
            new Planar(3, new DiagonalGaussian()),
            new Sylvester(2, 34, 2, new DiagonalGaussian())));
  }

  @AfterEach
  void unbind() {
    Backend.use((Kernels) null);
  }

  @ParameterizedTest
  @MethodSource("posteriors")
  void aStepStaysOnTheDeviceAndHasTheGradientOfTheHost(Posterior posterior) {
    Elbo bound = new Elbo(2, Elbo.Kl.ANALYTIC);
    assertAlike(posterior, new StandardNormal(), new ObjectiveSpec(bound, 40, 0));
  }

  /** The noise of draws is found from them, whose density is that of fixed parameters. */
  @ParameterizedTest
  @MethodSource("ofGivenDraws")
  void soDoDensitiesOfGivenDraws(Posterior posterior) {
    Elbo bound = new Elbo(2, Elbo.Kl.MONTE_CARLO);
    StickingTheLanding estimator = new StickingTheLanding();
    assertAlike(posterior, new StandardNormal(), new ObjectiveSpec(bound, 40, 0, estimator));
  }

  @ParameterizedTest
  @MethodSource("correlated")
  void soDoDensitiesOfDrawsOfOthers(Posterior posterior) {
    Elbo bound = new Elbo(2, Elbo.Kl.MONTE_CARLO);
    assertAlike(posterior, new Vampprior(3), new ObjectiveSpec(bound, 40, 0));
  }

  /** As many as Rezende and Mohamed (2015) have at most: a kernel takes 800 arrays. */
  @Test
  void soDoEightyMaps() {
    Planar flow = new Planar(80, new DiagonalGaussian());
    ObjectiveSpec objective = new ObjectiveSpec(new Elbo(1, Elbo.Kl.ANALYTIC), 40, 0);
    assertAlike(2, flow, new StandardNormal(), objective);
  }

  private static void assertAlike(Posterior posterior, Prior prior, ObjectiveSpec objective) {
    assertAlike(LATENT, posterior, prior, objective);
  }

  private static void assertAlike(
      int latent, Posterior posterior, Prior prior, ObjectiveSpec objective) {
    Mlp network = new Mlp(List.of(5), Activation.TANH);
    Vae vae = new Vae(latent, network, posterior, prior, network, new Bernoulli());
    ModelSteps.assertAlikeAndOnDevice(new ImageModel(Shape.vector(6), vae), objective, SCALE);
  }
}
