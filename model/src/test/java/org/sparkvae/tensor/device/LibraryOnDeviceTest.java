package org.sparkvae.tensor.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.bound.Elbo;
import org.sparkvae.device.Precision;
import org.sparkvae.device.SimulatedDevice;
import org.sparkvae.device.SimulatedProducts;
import org.sparkvae.evaluation.Normal;
import org.sparkvae.evaluation.Refined;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.fixtures.ModelSteps;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.proposal.LogWeights;
import org.sparkvae.proposal.Proposer;
import org.sparkvae.proposal.Refinement;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.tensor.kernels.Backend;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.tensor.kernels.Pass;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.ObjectiveSpec;
import org.sparkvae.vae.Vae;

/** Products on a simulated device that has a library, against those of the host. */
class LibraryOnDeviceTest {
  private static final int PIXELS = ModelCases.PIXELS;

  /** More than the k of any small product. */
  private static final int WIDE = 1030;

  private final SimulatedDevice card = new SimulatedDevice(1L << 28);
  private final SimulatedProducts library = card.addLibrary(Precision.FLOAT32);
  private final DeviceKernels device = new DeviceKernels(card);
  private final ProductsReferee referee = new ProductsReferee(device);

  @AfterEach
  void unbind() {
    Backend.use((Kernels) null);
  }

  /** Every form of large products, of which the last are large for their many tiles. */
  static Stream<Arguments> products() {
    return ProductsReferee.forms(new int[][] {{1, 1, WIDE}, {5, 19, 1100}, {1, 2250, 1000}});
  }

  @ParameterizedTest
  @MethodSource("products")
  void largeProductsAreThoseOfTheHost(
      int m, int n, int k, boolean transposeA, boolean transposeB, int beta) {
    referee.assertAlike(m, n, k, transposeA, transposeB, beta);
    assertThat(library.done()).isEqualTo(1);
    assertThat(card.kernels()).isEmpty();
  }

  @Test
  void smallProductsAreByKernelsOfOurOwn() {
    INDArray c = referee.matrix(16, 16);
    device.multiply(referee.matrix(16, 64), false, referee.matrix(64, 16), false, 0, c);
    assertThat(library.done()).isZero();
    assertThat(card.kernels()).hasSize(1);
    assertThat(device).hasToString("a simulated library on a simulated GPU");
  }

  /** From the third run on what leads to the records does nothing. */
  @Test
  void passesInHostMemoryStandBetweenProducts() {
    INDArray a = referee.matrix(4, WIDE);
    INDArray b = referee.matrix(WIDE, WIDE);
    INDArray c = referee.matrix(WIDE, 5);
    INDArray between = referee.matrix(4, WIDE);
    INDArray product = referee.matrix(4, 5);
    INDArray sum = referee.matrix(4, 5);
    INDArray expected = sum.dup('c');
    Runnable passes =
        device.sequence(
            List.of(
                byKernels(kernels -> kernels.multiply(a, false, b, false, 0, between)),
                inHostMemory(between, () -> between.muli(0.01f)),
                byKernels(
                    kernels -> {
                      kernels.aside(() -> kernels.multiply(between, false, c, false, 1, sum));
                      kernels.multiply(between, false, c, false, 0, product);
                    })));
    INDArray once = a.mmul(b).muli(0.01f).mmul(c);
    for (int run = 1; run <= 4; run++) {
      passes.run();
      expected.addi(once);
      assertThat(library.done()).as("products").isEqualTo(3 * run);
      referee.assertClose(product, once, WIDE);
      referee.assertClose(sum, expected, WIDE);
    }
    assertThat(card.replays()).isEqualTo(6);
  }

  private static Pass byKernels(Consumer<Kernels> work) {
    return new TestPass(work, true, List.of());
  }

  private static Pass inHostMemory(INDArray touched, Runnable work) {
    return new TestPass(kernels -> work.run(), false, List.of(touched));
  }

  /** The second layer of the decoder has three large products, the layers after wide ones one. */
  @Test
  void stepsHaveTheGradientOfTheHost() {
    Mlp encoder = new Mlp(List.of(WIDE), Activation.TANH);
    Mlp decoder = new Mlp(List.of(WIDE, WIDE), Activation.TANH);
    ObjectiveSpec of = new ObjectiveSpec(new Elbo(9, Elbo.Kl.ANALYTIC), 40, 0.3);
    ModelSteps.assertAlikeAndOn(card, model(encoder, decoder), of, 0.1);
    assertThat(library.done()).as("products of four steps").isEqualTo(4 * 6);
  }

  /** Several images and blocks, the last of them short. */
  @Test
  void logWeightsOfRefinedPosteriorsAreThoseOfTheHost() {
    Mlp wide = new Mlp(List.of(WIDE), Activation.TANH);
    ImageModel spec = model(new Mlp(List.of(3), Activation.TANH), wide);
    INDArray parameters = ModelCases.parameters(spec, DataType.FLOAT, 11).muli(0.1);
    double[] expected = logWeights(spec, parameters, null);
    double[] actual = logWeights(spec, parameters, device);
    assertThat(actual).containsExactly(expected, within(1e-3));
    assertThat(library.done()).isPositive();
  }

  private static double[] logWeights(ImageModel spec, INDArray parameters, Kernels kernels) {
    Backend.use(kernels);
    LogWeights weights = new LogWeights(spec, parameters, 6, new Normal());
    Refined method = new Refined(3, 4, 0.05, Refined.Covariance.OWN, new Normal());
    Proposer proposer = new Refinement(spec, parameters, method);
    List<double[]> all = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      float[] image = new float[PIXELS];
      for (int d = 0; d < PIXELS; d++) {
        image[d] = (i + d) % 2;
      }
      weights.image(image, proposer.propose(image, 100 + i));
      all.add(weights.sample(i, 8));
    }
    return all.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  private static ImageModel model(Mlp encoder, Mlp decoder) {
    Vae vae = new Vae(ModelCases.LATENT, encoder, decoder, new Bernoulli());
    return new ImageModel(Shape.vector(PIXELS), vae);
  }

  private record TestPass(Consumer<Kernels> work, boolean isByKernels, List<INDArray> touched)
      implements Pass {
    @Override
    public void run(Kernels kernels) {
      work.accept(kernels);
    }

    @Override
    public List<INDArray> read() {
      return touched;
    }

    @Override
    public List<INDArray> written() {
      return touched;
    }

    @Override
    public List<double[]> readRows() {
      return List.of();
    }

    @Override
    public List<double[]> writtenRows() {
      return List.of();
    }
  }
}
