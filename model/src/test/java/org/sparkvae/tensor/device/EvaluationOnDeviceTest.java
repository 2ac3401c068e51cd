package org.sparkvae.tensor.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.device.SimulatedDevice;
import org.sparkvae.evaluation.Normal;
import org.sparkvae.evaluation.Refined;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.likelihood.Support;
import org.sparkvae.proposal.Encoding;
import org.sparkvae.proposal.LogWeights;
import org.sparkvae.proposal.Proposer;
import org.sparkvae.proposal.Refinement;
import org.sparkvae.tensor.kernels.Backend;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.vae.ImageModel;

/** Importance weights on a simulated device against those in host memory. */
class EvaluationOnDeviceTest {
  private static final int BLOCK = 6;
  private static final int IMAGES = 3;

  static Stream<ImageModel> models() {
    return ModelCases.specs().stream();
  }

  @AfterEach
  void unbind() {
    Backend.use((Kernels) null);
  }

  /** Several images and blocks, the last of them short. */
  @ParameterizedTest
  @MethodSource("models")
  void logWeightsAreThoseOfTheHost(ImageModel spec) {
    INDArray parameters = ModelCases.parameters(spec, DataType.FLOAT, 11);
    double[] expected = logWeights(spec, parameters, null, false);
    Kernels device = new DeviceKernels(new SimulatedDevice(1L << 28));
    double[] actual = logWeights(spec, parameters, device, false);
    assertClose(actual, expected, 1e-5);
  }

  static Stream<ImageModel> refinable() {
    return ModelCases.specs().stream()
        .filter(spec -> Refinement.contradiction(spec.model()).isEmpty())
        .limit(8);
  }

  @ParameterizedTest
  @MethodSource("refinable")
  void logWeightsOfRefinedPosteriorsAreThoseOfTheHost(ImageModel spec) {
    INDArray parameters = ModelCases.parameters(spec, DataType.FLOAT, 11);
    double[] expected = logWeights(spec, parameters, null, true);
    Kernels device = new DeviceKernels(new SimulatedDevice(1L << 28));
    double[] actual = logWeights(spec, parameters, device, true);
    // Adam's first steps are as large where a derivative is rounding as where it is not.
    assertClose(actual, expected, 1e-3);
  }

  private static void assertClose(double[] actual, double[] expected, double tolerance) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i])
          .as("log w of sample %d", i)
          .isCloseTo(expected[i], within(tolerance * (1 + Math.abs(expected[i]))));
    }
  }

  private static double[] logWeights(
      ImageModel spec, INDArray parameters, Kernels kernels, boolean refined) {
    Backend.use(kernels);
    LogWeights weights = new LogWeights(spec, parameters, BLOCK, new Normal());
    Proposer proposer =
        refined
            ? new Refinement(
                spec, parameters, new Refined(3, 4, 0.05, Refined.Covariance.OWN, new Normal()))
            : new Encoding(spec, parameters);
    double[] all = new double[IMAGES * (BLOCK + 2)];
    for (int i = 0; i < IMAGES; i++) {
      float[] image = image(spec, i);
      weights.image(image, proposer.propose(image, 100 + i));
      System.arraycopy(weights.sample(i, BLOCK + 2), 0, all, i * (BLOCK + 2), BLOCK + 2);
    }
    return all;
  }

  private static float[] image(ImageModel spec, int number) {
    Random random = new Random(number);
    Support support = spec.model().support();
    float[] image = new float[spec.x().values()];
    for (int d = 0; d < image.length; d++) {
      image[d] =
          switch (support) {
            case BITS -> random.nextInt(2);
            case LEVELS -> random.nextInt(256) / 255f;
            case INTENSITIES -> random.nextFloat();
          };
    }
    return image;
  }
}
