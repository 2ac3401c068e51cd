package org.sparkvae.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.codec.Codec;
import org.sparkvae.evaluation.Encoder;
import org.sparkvae.evaluation.Normal;
import org.sparkvae.evaluation.Proposal;
import org.sparkvae.evaluation.Refined;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.noise.Noise;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.vae.ImageModel;

class RefinementTest {
  private static final Refined SETTINGS =
      new Refined(8, 48, 0.15, Refined.Covariance.OWN, new Normal());
  private static final int IMAGES = 6;
  private static final int SAMPLES = 500;

  static Stream<ImageModel> models() {
    return ModelCases.encoding();
  }

  private static long key(int image) {
    return Noise.key(4, Noise.Purpose.REFINEMENT, 0, image);
  }

  private static float[] image(int number) {
    Random random = new Random(number);
    float[] image = new float[ModelCases.PIXELS];
    for (int p = 0; p < image.length; p++) {
      image[p] = random.nextInt(2);
    }
    return image;
  }

  private static Proposer proposer(Proposal proposal, ImageModel model, DataType type) {
    return Proposer.of(proposal, model, ModelCases.parameters(model, type, 2));
  }

  private static List<double[]> posterior(Proposer proposer, int image) {
    return proposer.propose(image(image), key(image)).posterior().stream()
        .map(of -> of.dup().data().asDouble())
        .toList();
  }

  private static void assertEqual(List<double[]> found, List<double[]> expected, double tolerance) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i)).containsExactly(expected.get(i), within(tolerance));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void theBoundRisesOnAverage(ImageModel model) {
    INDArray parameters = ModelCases.parameters(model, DataType.FLOAT, 2);
    assertThat(elbo(SETTINGS, model, parameters))
        .isGreaterThan(elbo(new Encoder(new Normal()), model, parameters));
  }

  /** The mean over some images, each from many samples. */
  private static double elbo(Proposal proposal, ImageModel model, INDArray parameters) {
    Proposer proposer = Proposer.of(proposal, model, parameters);
    LogWeights weights = new LogWeights(model, parameters, SAMPLES, proposal.tails());
    double sum = 0;
    for (int i = 0; i < IMAGES; i++) {
      double[] logWeights = new double[SAMPLES];
      weights.image(image(i), proposer.propose(image(i), key(i)));
      weights.sample(ModelCases.key(1, i), 0, SAMPLES, logWeights, new double[SAMPLES]);
      sum += Arrays.stream(logWeights).average().orElseThrow();
    }
    return sum / IMAGES;
  }

  /** What was refined before leaves nothing behind. */
  @ParameterizedTest
  @MethodSource("models")
  void bitsAreAFunctionOfTheImageAndItsKey(ImageModel model) {
    Proposer used = proposer(SETTINGS, model, DataType.FLOAT);
    for (int image = 1; image < IMAGES; image++) {
      posterior(used, image);
    }
    assertEqual(posterior(used, 0), posterior(proposer(SETTINGS, model, DataType.FLOAT), 0), 0);
    int moved = movable(model).get(0);
    INDArray otherKey = used.propose(image(0), key(1)).posterior().get(moved);
    assertThat(otherKey.dup().data().asDouble()).isNotEqualTo(posterior(used, 0).get(moved));
  }

  @ParameterizedTest
  @MethodSource("models")
  void whatIsMovableMovesAndNothingElse(ImageModel model) {
    List<double[]> before =
        posterior(proposer(new Encoder(new Normal()), model, DataType.FLOAT), 0);
    List<double[]> after = posterior(proposer(SETTINGS, model, DataType.FLOAT), 0);
    List<Integer> movable = movable(model);
    assertThat(movable).isNotEmpty();
    for (int i = 0; i < before.size(); i++) {
      assertThat(Arrays.equals(after.get(i), before.get(i)))
          .as("parameter %d of %s stays", i, model)
          .isEqualTo(!movable.contains(i));
    }
  }

  /** Which parameters of a posterior refining moves. */
  private static List<Integer> movable(ImageModel model) {
    List<Matrix> all = model.posterior(new Recorder(1, 1));
    return model.model().movable(all).stream().map(all::indexOf).toList();
  }

  @ParameterizedTest
  @MethodSource("models")
  void float32AgreesWithFloat64(ImageModel model) {
    List<double[]> expected = posterior(proposer(SETTINGS, model, DataType.DOUBLE), 0);
    assertEqual(posterior(proposer(SETTINGS, model, DataType.FLOAT), 0), expected, 1e-3);
  }

  @Test
  void theEncodersProposalIsItsPosterior() {
    ImageModel model = ModelCases.specs().get(0);
    Proposer encoder = proposer(new Encoder(new Normal()), model, DataType.FLOAT);
    assertThat(encoder).isInstanceOf(Encoding.class);
    double[] packed = posterior(encoder, 3).get(0);
    INDArray parameters = ModelCases.parameters(model, DataType.FLOAT, 2);
    float[] mean = new Codec(model, parameters).encode(new float[][] {image(3)})[0];
    for (int d = 0; d < mean.length; d++) {
      assertThat(packed[d]).isCloseTo(mean[d], within(1e-6));
    }
  }
}
