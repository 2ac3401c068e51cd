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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.annealing.AnnealedWeights.Chains;
import org.sparkvae.evaluation.Annealed;
import org.sparkvae.evaluation.Annealed.Start;
import org.sparkvae.fixtures.LinearGaussians;
import org.sparkvae.fixtures.LinearGaussians.Values;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Initialisation;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Network;
import org.sparkvae.network.Shape;
import org.sparkvae.posterior.DiagonalGaussian;
import org.sparkvae.posterior.LogVariances;
import org.sparkvae.posterior.Posterior;
import org.sparkvae.prior.StandardNormal;
import org.sparkvae.prior.Vampprior;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.Above;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Ladder;
import org.sparkvae.vae.Layered;
import org.sparkvae.vae.Model;
import org.sparkvae.vae.Rung;
import org.sparkvae.vae.Vae;

class AnnealedWeightsTest {
  private static final int BLOCK = 16;
  private static final long SEED = 3;
  private static final int PIXELS = 150;

  /** Images of the same pixels, whose chains are independent. */
  private static final int RUNS = 128;

  static Stream<Arguments> starts() {
    return Stream.of(Start.values())
        .flatMap(start -> LinearModel.posteriors().map(q -> Arguments.of(start, q)));
  }

  /** Chains of few temperatures, so that their weights scatter. */
  @ParameterizedTest
  @MethodSource("starts")
  void theMeanWeightIsTheDensity(Start start, Posterior posterior) {
    ImageModel model = LinearModel.of(posterior);
    assertUnbiased(
        model,
        LinearModel.parameters(model),
        start,
        LinearModel.X,
        LinearModel.logP(LinearModel.X));
  }

  /** Neither the prior nor p(z|x) is a Gaussian. */
  @ParameterizedTest
  @EnumSource
  void theMeanWeightIsTheDensityUnderAMixtureAsPrior(Start start) {
    Network network = new Mlp(List.of(5), Activation.TANH);
    ImageModel model =
        new ImageModel(
            Shape.vector(ModelCases.PIXELS),
            new Vae(
                2, network, new DiagonalGaussian(), new Vampprior(4), network, new Bernoulli()));
    INDArray parameters = ModelCases.parameters(model, DataType.FLOAT, 9);
    float[] x = {0, 1, 1, 0, 1, 0, 0};
    assertUnbiased(model, parameters, start, x, logP(model, parameters, x));
  }

  /** log of the integral of p(z) p(x|z) over a grid of codes. */
  private static double logP(ImageModel model, INDArray parameters, float[] x) {
    int side = 200;
    double width = 0.08;
    Recorder recorder = new Recorder(1, side * side);
    Matrix z = recorder.constant(side * side, 2);
    Matrix image = recorder.constant(1, x.length);
    Rows prior = model.model().prior(recorder, model.x()).orElseThrow().logDensity(z);
    Rows likelihood = model.model().given(recorder, z, model.x()).logDensity(image);
    Program program =
        new Program(recorder, model.layout(), parameters, null, List.of(prior, likelihood));
    float[] codes = new float[2 * side * side];
    for (int i = 0; i < side * side; i++) {
      codes[2 * i] = (float) (width * (i / side - side / 2));
      codes[2 * i + 1] = (float) (width * (i % side - side / 2));
    }
    program.kernels().copyIn(codes, z.value());
    program.kernels().copyIn(x, image.value());
    program.forward();
    double sum = 0;
    for (int i = 0; i < side * side; i++) {
      sum += Math.exp(prior.value()[i] + likelihood.value()[i]) * width * width;
    }
    return Math.log(sum);
  }

  static List<Arguments> hierarchies() {
    Network linear = LinearGaussians.LINEAR;
    Initialisation glorot = new Initialisation.Glorot();
    Rung top = new Rung.Step(1, linear, linear, new Rung.None());
    Model ladder =
        new Ladder(
            2,
            linear,
            new LogVariances.Free(),
            new StandardNormal(),
            linear,
            LinearGaussians.LIKELIHOOD,
            new Rung.Step(3, linear, linear, top),
            glorot);
    DiagonalGaussian gaussian = new DiagonalGaussian();
    Model layered =
        new Layered(
            3,
            linear,
            gaussian,
            new StandardNormal(),
            linear,
            LinearGaussians.LIKELIHOOD,
            new Above.Layer(2, linear, gaussian, linear, new Above.None()),
            glorot);
    return List.of(
        Arguments.of(ladder, new int[] {2, 3, 1}), Arguments.of(layered, new int[] {3, 2}));
  }

  /** The state is the noise of all layers. */
  @ParameterizedTest
  @MethodSource("hierarchies")
  void theMeanWeightIsTheDensityUnderSeveralLayers(Model layers, int[] latents) {
    ImageModel model = new ImageModel(Shape.vector(LinearGaussians.X.length), layers);
    Values values = LinearGaussians.values(model);
    LinearGaussians.widen(values);
    double exact = values.images(values.codes(latents).get(0)).logDensity(LinearGaussians.X);
    INDArray parameters = Nd4j.createFromArray(values.all()).castTo(DataType.FLOAT);
    assertUnbiased(
        model, parameters, new Annealed(Start.ENCODER, BLOCK, 20, 2, 0), LinearGaussians.X, exact);
  }

  private static void assertUnbiased(
      ImageModel model, INDArray parameters, Start start, float[] x, double logP) {
    assertUnbiased(model, parameters, new Annealed(start, BLOCK, 6, 2, 0), x, logP);
  }

  private static void assertUnbiased(
      ImageModel model, INDArray parameters, Annealed how, float[] x, double logP) {
    AnnealedWeights weights = new AnnealedWeights(model, parameters, how, SEED, BLOCK);
    List<Chains> chains =
        LongStream.range(0, RUNS).mapToObj(image -> new Chains(image, x, 0)).toList();
    double[] ratios =
        Arrays.stream(weights.logWeights(chains))
            .flatMapToDouble(Arrays::stream)
            .map(w -> Math.exp(w - logP))
            .toArray();
    double mean = Arrays.stream(ratios).average().orElseThrow();
    double error =
        Math.sqrt(Arrays.stream(ratios).map(r -> (r - mean) * (r - mean)).sum()) / ratios.length;

    assertThat(error).isBetween(0.0005, 0.05);
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
}
