package org.sparkvae.annealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.annealing.Bidirectional.Bounds;
import org.sparkvae.evaluation.Annealed;
import org.sparkvae.evaluation.Annealed.Start;
import org.sparkvae.posterior.Chain;
import org.sparkvae.posterior.DiagonalGaussian;
import org.sparkvae.posterior.FullCovariance;
import org.sparkvae.posterior.Grid;
import org.sparkvae.posterior.Planar;
import org.sparkvae.posterior.Posterior;
import org.sparkvae.vae.ImageModel;

class BidirectionalTest {
  private static final Set<Class<?>> INVERTIBLE =
      Set.of(DiagonalGaussian.class, Chain.class, Grid.class, FullCovariance.class);

  private static final int IMAGES = 96;
  private static final int BLOCK = 4;
  private static final long SEED = 8;

  static Stream<Arguments> starts() {
    return Stream.of(
        Arguments.of(Start.ENCODER, new DiagonalGaussian()),
        Arguments.of(Start.ENCODER, new Chain()),
        Arguments.of(Start.PRIOR, new Planar(2, new DiagonalGaussian())));
  }

  @ParameterizedTest
  @MethodSource("starts")
  void theBoundsAreAroundTheDensity(Start start, Posterior posterior) {
    ImageModel model = LinearModel.of(posterior);
    INDArray parameters = LinearModel.parameters(model);
    Simulation simulation = new Simulation(model, parameters, start);
    double truth =
        IntStream.range(0, IMAGES)
            .mapToDouble(i -> LinearModel.logP(simulation.image(SEED, i).pixels()))
            .average()
            .orElseThrow();

    List<Bounds> coarse = bounds(model, parameters, start, 3);
    List<Bounds> fine = bounds(model, parameters, start, 200);

    assertThat(mean(coarse, Bounds::lower)).isLessThan(truth);
    assertThat(mean(coarse, Bounds::upper)).isGreaterThan(truth);
    assertThat(gap(coarse)).isGreaterThan(0.1);
    assertThat(gap(fine)).isBetween(0.0, 0.3 * gap(coarse));
    assertThat(mean(fine, Bounds::lower)).isCloseTo(truth, within(0.05));
  }

  private static List<Bounds> bounds(
      ImageModel model, INDArray parameters, Start start, int temperatures) {
    Annealed how = new Annealed(start, BLOCK, temperatures, 2, IMAGES);
    return new Bidirectional(model, parameters, how, SEED, BLOCK).bounds(0, IMAGES);
  }

  private static double gap(List<Bounds> bounds) {
    return mean(bounds, of -> of.upper() - of.lower());
  }

  private static double mean(List<Bounds> bounds, ToDoubleFunction<Bounds> of) {
    return bounds.stream().mapToDouble(of).average().orElseThrow();
  }

  /** The mean inverse weight of chains down is 1 / p(x), of whichever image. */
  @ParameterizedTest
  @MethodSource("starts")
  void theMeanInverseWeightIsTheInverseDensity(Start start, Posterior posterior) {
    ImageModel model = LinearModel.of(posterior);
    INDArray parameters = LinearModel.parameters(model);
    Annealed how = new Annealed(start, 1, 30, 2, 1);
    Simulation simulation = new Simulation(model, parameters, start);
    Bidirectional bidirectional = new Bidirectional(model, parameters, how, SEED, 1);
    int images = 1024;
    List<Bounds> bounds = bidirectional.bounds(0, images);
    double[] ratios =
        IntStream.range(0, images)
            .mapToDouble(
                i ->
                    Math.exp(
                        LinearModel.logP(simulation.image(SEED, i).pixels())
                            - bounds.get(i).upper()))
            .toArray();
    double mean = IntStream.range(0, images).mapToDouble(i -> ratios[i]).average().orElseThrow();
    double squares =
        IntStream.range(0, images).mapToDouble(i -> Math.pow(ratios[i] - mean, 2)).sum();
    double error = Math.sqrt(squares) / images;

    assertThat(error).isBetween(0.001, 0.12);
    assertThat(mean).isCloseTo(1, within(4 * error));
  }

  @Test
  void onlyInvertibleNoiseCanBeLedBackTo() {
    for (Posterior posterior : LinearModel.posteriors().toList()) {
      ImageModel model = LinearModel.of(posterior);
      assertThat(Simulation.canInvert(model, Start.ENCODER))
          .isEqualTo(INVERTIBLE.contains(posterior.getClass()));
      assertThat(Simulation.canInvert(model, Start.PRIOR)).isTrue();
    }
  }
}
