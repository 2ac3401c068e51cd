package org.sparkvae.annealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.annealing.AnnealedWeights.Chains;
import org.sparkvae.evaluation.Annealed;
import org.sparkvae.evaluation.Annealed.Start;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Network;
import org.sparkvae.network.Shape;
import org.sparkvae.posterior.Posterior;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Vae;

class AnnealedWeightsTest {
  private static final int BLOCK = 16;
  private static final long SEED = 3;
  private static final int PIXELS = 150;
  private static final int IMAGES = 16;

  static Stream<Arguments> starts() {
    return Stream.of(Start.values())
        .flatMap(start -> LinearModel.posteriors().map(q -> Arguments.of(start, q)));
  }

  /** Chains of few temperatures, so that their weights scatter. */
  @ParameterizedTest
  @MethodSource("starts")
  void theMeanWeightIsTheDensity(Start start, Posterior posterior) {
    ImageModel model = LinearModel.of(posterior);
    AnnealedWeights weights = weights(model, new Annealed(start, BLOCK, 6, 2, 0));
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < 8; round++) {
      for (double[] image : weights.logWeights(images(round))) {
        Arrays.stream(image)
            .forEach(w -> ratios.add(Math.exp(w - LinearModel.logP(LinearModel.X))));
      }
    }
    double mean = ratios.stream().mapToDouble(r -> r).average().orElseThrow();
    double squares = ratios.stream().mapToDouble(r -> (r - mean) * (r - mean)).sum();
    double error = Math.sqrt(squares) / ratios.size();

    assertThat(error).isBetween(0.001, 0.05);
    assertThat(mean).isCloseTo(1, within(4 * error));
  }

  static Stream<Arguments> widths() {
    return Stream.of(Start.values())
        .flatMap(start -> Stream.of(1, 5, 16).map(block -> Arguments.of(start, block)));
  }

  /** A model whose products are as wide as real ones: small ones may take another way. */
  @ParameterizedTest
  @MethodSource("widths")
  void aChainDoesNotDependOnWhatIsBesideIt(Start start, int block) {
    Network network = new Mlp(List.of(37, 50), Activation.TANH);
    ImageModel model =
        new ImageModel(Shape.vector(PIXELS), new Vae(11, network, network, new Bernoulli()));
    INDArray parameters = ModelCases.parameters(model, DataType.FLOAT, 5);
    Annealed how = new Annealed(start, 2 * block, 5, 2, 0);
    AnnealedWeights weights = new AnnealedWeights(model, parameters, how, SEED, block);
    List<Chains> chains = new ArrayList<>();
    for (int i = 0; i < AnnealedWeights.together(how, block) + 3; i++) {
      chains.add(new Chains(7 + i / 2, image(i / 2), i % 2 * block));
    }
    double[][] together = weights.logWeights(chains);

    Collections.rotate(chains, 5);
    List<double[]> moved = new ArrayList<>(List.of(weights.logWeights(chains)));
    Collections.rotate(moved, -5);
    Collections.rotate(chains, -5);
    for (int i = 0; i < chains.size(); i++) {
      assertThat(moved.get(i)).isEqualTo(together[i]);
    }
    for (int i : new int[] {0, 1, 6, chains.size() - 1}) {
      assertThat(weights.logWeights(List.of(chains.get(i)))[0]).isEqualTo(together[i]);
    }
    assertThat(together[0]).isNotEqualTo(together[1]);
  }

  private static float[] image(int seed) {
    Random random = new Random(seed);
    float[] image = new float[PIXELS];
    for (int d = 0; d < PIXELS; d++) {
      image[d] = random.nextInt(2);
    }
    return image;
  }

  private static AnnealedWeights weights(ImageModel model, Annealed how) {
    return new AnnealedWeights(model, LinearModel.parameters(model), how, SEED, BLOCK);
  }

  private static List<Chains> images(int round) {
    return LongStream.range(0, IMAGES)
        .mapToObj(i -> new Chains((long) round * IMAGES + i, LinearModel.X, 0))
        .toList();
  }
}
