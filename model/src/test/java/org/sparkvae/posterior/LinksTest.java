package org.sparkvae.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.Elbo;
import org.sparkvae.bound.ImportanceWeighted;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Network;
import org.sparkvae.network.Shape;
import org.sparkvae.prior.StandardNormal;
import org.sparkvae.step.Measures;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.vae.Contradiction;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;
import org.sparkvae.vae.Vae;

/** Gaussians of correlated dimensions whose links are 0. */
class LinksTest {
  private static final List<DataType> TYPES = List.of(DataType.DOUBLE, DataType.FLOAT);

  static Stream<Posterior> kinds() {
    return Stream.of(
        new Chain(),
        new Grid(ModelCases.LATENT, 1),
        new Grid(1, ModelCases.LATENT),
        new FullCovariance());
  }

  static Stream<Arguments> kindsOfBothTypes() {
    return kinds().flatMap(kind -> TYPES.stream().map(type -> Arguments.of(kind, type)));
  }

  @ParameterizedTest
  @MethodSource("kindsOfBothTypes")
  void withoutThemItIsTheDiagonalGaussian(Posterior kind, DataType type) {
    for (Bound bound : List.of(new Elbo(3, Elbo.Kl.ANALYTIC), new ImportanceWeighted(3))) {
      ImageModel diagonal = model(new DiagonalGaussian(), ModelCases.LATENT);
      ImageModel linked = model(kind, ModelCases.LATENT);
      INDArray ofDiagonal = ModelCases.parameters(diagonal, type, 5);
      INDArray ofLinked = Nd4j.zeros(type, linked.parameters());
      for (ParameterLayout.Block block : diagonal.layout().blocks()) {
        long to = linked.layout().block(block.name()).offset();
        for (long i = 0; i < block.length(); i++) {
          ofLinked.putScalar(to + i, ofDiagonal.getDouble(block.offset() + i));
        }
      }
      INDArray expected = ofDiagonal.like();
      INDArray gradient = ofLinked.like();

      double value = differentiate(linked, bound, ofLinked, gradient);

      double precision = type == DataType.DOUBLE ? 1e-12 : 1e-5;
      double same = differentiate(diagonal, bound, ofDiagonal, expected);
      assertThat(value).isCloseTo(same, within(precision * Math.abs(same)));
      for (ParameterLayout.Block block : diagonal.layout().blocks()) {
        long from = linked.layout().block(block.name()).offset();
        for (long i = 0; i < block.length(); i++) {
          double derivative = expected.getDouble(block.offset() + i);
          assertThat(gradient.getDouble(from + i))
              .isCloseTo(derivative, within(precision * (10 + Math.abs(derivative))));
        }
      }
    }
  }

  private static double differentiate(
      ImageModel model, Bound bound, INDArray parameters, INDArray gradient) {
    Objective objective =
        new Objective(
            model, new ObjectiveSpec(bound, 40, 0), ModelCases.BATCH, parameters, gradient);
    ModelCases.fill(objective, model, bound.samples(), 6);
    Measures value = objective.differentiate(StepSettings.NONE);
    return value.sum(Objective.BOUND);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void itStartsWithoutThem(Posterior kind) {
    ImageModel model = model(kind, ModelCases.LATENT);
    INDArray parameters = Nd4j.zeros(DataType.FLOAT, model.parameters());
    model.initialise(1, new float[ModelCases.PIXELS], parameters);
    for (String name : List.of("posterior.link.weight", "posterior.link.bias")) {
      ParameterLayout.Block block = model.layout().block(name);
      for (long i = 0; i < block.length(); i++) {
        assertThat(parameters.getDouble(block.offset() + i)).isZero();
      }
    }
    ParameterLayout.Block means = model.layout().block("posterior.weight");
    assertThat(parameters.getDouble(means.offset())).isNotZero();
  }

  @Test
  void ofOneDimensionHasNoLink() {
    for (Posterior kind : List.of(new Chain(), new Grid(1, 1), new FullCovariance())) {
      assertThat(model(kind, 1).layout().blocks())
          .isEqualTo(model(new DiagonalGaussian(), 1).layout().blocks());
    }
  }

  @Test
  void aGridOfOtherSidesThanTheLatentSpaceContradictsIt() {
    assertThat(model(new Grid(3, 4), 12).model().contradiction()).isEmpty();
    assertThat(model(new Grid(3, 4), 10).model().contradiction())
        .contains(
            new Contradiction(
                "posterior.rows",
                "is 3, and columns 4: they multiply to 12, but model.latent is 10"));
    assertThat(model(new Planar(2, new Grid(3, 4)), 10).model().contradiction())
        .hasValueSatisfying(found -> assertThat(found.setting()).isEqualTo("posterior.base.rows"));
  }

  private static ImageModel model(Posterior posterior, int latent) {
    Network network = ModelCases.networks().get(0);
    return new ImageModel(
        Shape.vector(ModelCases.PIXELS),
        new Vae(latent, network, posterior, new StandardNormal(), network, new Bernoulli()));
  }
}
