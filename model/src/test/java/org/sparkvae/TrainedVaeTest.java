package org.sparkvae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.codec.Codec;
import org.sparkvae.evaluation.Normal;
import org.sparkvae.evaluation.Refined;
import org.sparkvae.fixtures.LinearGaussians;
import org.sparkvae.fixtures.LinearGaussians.Values;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.fixtures.Overflowing;
import org.sparkvae.fixtures.StoredRuns;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.likelihood.Categorical;
import org.sparkvae.likelihood.Gaussian;
import org.sparkvae.likelihood.Likelihood;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.noise.Noise;
import org.sparkvae.proposal.Encoding;
import org.sparkvae.proposal.LogWeights;
import org.sparkvae.proposal.Refinement;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Ppca;
import org.sparkvae.vae.Vae;

class TrainedVaeTest {
  private static final int VALUES = 12;
  private static final int LATENT = 3;
  private static final int SAMPLES = 1200;
  private static final long SEED = 7;
  private static final TrainedVae OF_BITS = trained(new Bernoulli());

  private static ImageModel model(Likelihood likelihood) {
    Mlp body = new Mlp(List.of(9), Activation.TANH);
    return new ImageModel(new Shape(2, 2, 3), new Vae(LATENT, body, body, likelihood));
  }

  private static TrainedVae trained(Likelihood likelihood) {
    return TrainedVae.of(StoredRuns.network(model(likelihood), 5));
  }

  /** One of each kind of model. */
  static Stream<ImageModel> models() {
    Set<Class<?>> kinds = new HashSet<>();
    return ModelCases.every().stream().filter(model -> kinds.add(model.model().getClass()));
  }

  private static float[][] bits(int n, int values, long seed) {
    Random random = new Random(seed);
    float[][] images = new float[n][values];
    for (float[] image : images) {
      for (int d = 0; d < values; d++) {
        image[d] = random.nextInt(2);
      }
    }
    return images;
  }

  @ParameterizedTest
  @MethodSource("models")
  void codesAndImagesAreTheCodecsToTheBit(ImageModel model) {
    INDArray parameters = ModelCases.parameters(model, DataType.FLOAT, 3);
    TrainedVae vae = TrainedVae.of(StoredRuns.network(model, parameters));
    Codec codec = new Codec(model, parameters);
    float[][] images = bits(Programs.ROWS, model.x().values(), 1);
    float[][] codes = codec.encode(images);

    assertThat(vae.decode(codes)).isDeepEqualTo(codec.decode(codes));
    if (model.model().hasEncoder()) {
      assertThat(vae.encode(images)).isDeepEqualTo(codes);
      assertThat(vae.reconstruct(images)).isDeepEqualTo(codec.decode(codes));
    }
    long key = Noise.key(SEED, Noise.Purpose.PRIOR, 0, 0);
    assertThat(vae.sample(Programs.ROWS, SEED)).isDeepEqualTo(codec.sample(key, Programs.ROWS));
  }

  /** Weights are equal where the posterior is the prior, and the decoder ignores codes. */
  @Test
  void equalWeightsCountForContinuousCodesAlone() {
    Mlp linear = new Mlp(List.of(), Activation.TANH);
    Vae gaussian = new Vae(LATENT, linear, linear, new Bernoulli());
    Vae ofBits =
        new Vae(
            LATENT,
            linear,
            new org.sparkvae.posterior.Bernoulli(),
            new org.sparkvae.prior.Bernoulli(org.sparkvae.prior.Bernoulli.Means.HALF),
            linear,
            new Bernoulli());

    assertThat(collapsed(gaussian).reliable()).isTrue();
    LogLikelihood bits = collapsed(ofBits);
    assertThat(bits.value()).isCloseTo(-VALUES * Math.log(2), within(1e-5));
    assertThat(bits.paretoK()).isNaN();
    assertThat(bits.reliable()).isFalse();
  }

  private static LogLikelihood collapsed(Vae vae) {
    ImageModel model = new ImageModel(Shape.vector(VALUES), vae);
    INDArray zero = Nd4j.zeros(DataType.FLOAT, model.parameters());
    TrainedVae trained = TrainedVae.of(StoredRuns.network(model, zero));
    return trained.logLikelihood(bits(1, VALUES, 1), SAMPLES, SEED).get(0);
  }

  @Test
  void anImageDependsOnNoneOfTheOthers() {
    int n = Programs.ROWS + 5;
    int[] kept = {10, 50, Programs.ROWS + 1};
    float[][] images = bits(n, VALUES, 1);
    float[][] others = bits(2 * Programs.ROWS, VALUES, 2);
    for (int i : kept) {
      others[i] = images[i];
    }

    assertSame(kept, OF_BITS.encode(images), OF_BITS.encode(others));
    assertSame(kept, OF_BITS.reconstruct(images), OF_BITS.reconstruct(others));
    assertSame(kept, OF_BITS.sample(n, SEED), OF_BITS.sample(3 * n, SEED));
    List<LogLikelihood> estimates = OF_BITS.logLikelihood(images, 20, SEED);
    List<LogLikelihood> ofOthers = OF_BITS.logLikelihood(others, 20, SEED);
    for (int i : kept) {
      assertThat(ofOthers.get(i)).isEqualTo(estimates.get(i));
    }
    assertThat(ofOthers.get(0)).isNotEqualTo(estimates.get(0));
  }

  private static void assertSame(int[] kept, float[][] expected, float[][] actual) {
    for (int i : kept) {
      assertThat(actual[i]).as("row %d", i).isEqualTo(expected[i]);
    }
  }

  @Test
  void anotherPlaceMattersToRoundingAlone() {
    float[][] images = bits(30, VALUES, 1);
    float[] alone = OF_BITS.encode(new float[][] {images[20]})[0];
    float[] among = OF_BITS.encode(images)[20];
    for (int d = 0; d < LATENT; d++) {
      assertThat(alone[d]).isCloseTo(among[d], within(1e-5f));
    }
  }

  @Test
  void whatIsGivenStaysAsItIs() {
    float[][] images = bits(3, VALUES, 1);
    OF_BITS.reconstruct(images);
    OF_BITS.logLikelihood(images, 10, SEED);
    assertThat(images).isDeepEqualTo(bits(3, VALUES, 1));
  }

  @Test
  void logLikelihoodIsWithinItsErrorsOfTheKnownOne() {
    ImageModel model =
        new ImageModel(
            Shape.vector(LinearGaussians.X.length),
            new Vae(2, LinearGaussians.LINEAR, LinearGaussians.LINEAR, LinearGaussians.LIKELIHOOD));
    Values values = LinearGaussians.values(model);
    LinearGaussians.widen(values);
    double exact = values.images(values.codes(2).get(0)).logDensity(LinearGaussians.X);
    TrainedVae vae = TrainedVae.of(StoredRuns.network(model, Nd4j.createFromArray(values.all())));
    float[][] images = {LinearGaussians.X};

    LogLikelihood estimate = vae.logLikelihood(images, 50_000, SEED).get(0);
    LogLikelihood refined = vae.logLikelihood(images, 2000, SEED, Refined.standard()).get(0);

    assertThat(estimate.standardError()).isBetween(1e-4, 0.05);
    assertThat(estimate.value()).isCloseTo(exact, within(4 * estimate.standardError()));
    assertThat(estimate.effectiveSamples()).isBetween(100.0, 50_000.0);
    assertThat(estimate.exact()).isEmpty();
    assertThat(refined.value()).isCloseTo(exact, within(4 * refined.standardError() + 1e-3));
    assertThat(refined.reliable()).isTrue();
  }

  @Test
  void logLikelihoodIsThatOfTheWeightsOfTheImagesNoise() {
    ImageModel model = model(new Bernoulli());
    INDArray parameters = ModelCases.parameters(model, DataType.FLOAT, 5);
    float[][] images = bits(3, VALUES, 4);
    LogWeights weights = new LogWeights(model, parameters, 500, new Normal());
    weights.image(images[2], new Encoding(model, parameters).propose(images[2], 0));
    double[] logWeights = weights.sample(Noise.key(SEED, Noise.Purpose.EVALUATION, 0, 2), SAMPLES);
    double mean = Arrays.stream(logWeights).map(Math::exp).average().orElseThrow();

    assertThat(OF_BITS.logLikelihood(images, SAMPLES, SEED).get(2).value())
        .isCloseTo(Math.log(mean), within(1e-10));
  }

  @Test
  void aModelInClosedFormTellsItsLogLikelihood() {
    ImageModel model = new ImageModel(Shape.vector(4), new Ppca(2, 1e-3));
    TrainedVae vae = TrainedVae.of(StoredRuns.network(model, 5));
    LogLikelihood estimate = vae.logLikelihood(bits(1, 4, 1), 500, SEED).get(0);

    assertThat(estimate.standardError()).isBetween(1e-6, 0.1);
    assertThat(estimate.value())
        .isCloseTo(estimate.exact().orElseThrow(), within(4 * estimate.standardError()));
  }

  @Test
  void oneSampleHasNoErrorAndIsNotReliable() {
    LogLikelihood estimate = OF_BITS.logLikelihood(bits(1, VALUES, 1), 1, SEED).get(0);

    assertThat(estimate.value()).isFinite();
    assertThat(estimate.standardError()).isNaN();
    assertThat(estimate.reliable()).isFalse();
  }

  @Test
  void deviationsAreThePosteriors() {
    ImageModel model = model(new Bernoulli());
    INDArray parameters = ModelCases.parameters(model, DataType.FLOAT, 5);
    float[][] images = bits(Programs.ROWS + 1, VALUES, 4);
    LogWeights weights = new LogWeights(model, parameters, 10, new Normal());
    weights.image(images[0], new Encoding(model, parameters).propose(images[0], 0));
    float[] expected = weights.posteriorStandardDeviation().orElseThrow();

    float[][] deviations = OF_BITS.encodeDeviations(images).orElseThrow();
    assertThat(deviations).hasDimensions(images.length, LATENT);
    for (int d = 0; d < LATENT; d++) {
      assertThat(deviations[0][d]).isCloseTo(expected[d], within(1e-5f));
    }
  }

  @Test
  void bitsAreDrawnWithTheIntensitiesProbability() {
    float[][] images = new float[2000][VALUES];
    for (float[] image : images) {
      Arrays.fill(image, 0.2f);
      image[0] = 0;
      image[1] = 1;
    }
    float[][] bits = OF_BITS.binarise(images, SEED);

    assertThat(IntStream.range(0, 2000).mapToDouble(i -> bits[i][0]).sum()).isZero();
    assertThat(IntStream.range(0, 2000).mapToDouble(i -> bits[i][1]).sum()).isEqualTo(2000);
    assertThat(IntStream.range(0, 2000).mapToDouble(i -> bits[i][2]).sum()).isBetween(330.0, 470.0);
    assertThat(bits[0]).isNotEqualTo(bits[1]);
    assertThat(OF_BITS.binarise(images, SEED)).isDeepEqualTo(bits);
  }

  @Test
  void callsFromSeveralThreadsGiveTheSameBits() throws Exception {
    float[][] images = bits(150, VALUES, 1);
    float[][] expected = OF_BITS.reconstruct(images);
    List<LogLikelihood> estimates = OF_BITS.logLikelihood(images, 50, SEED);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<float[][]>> codes =
          IntStream.range(0, 8)
              .mapToObj(i -> threads.submit(() -> OF_BITS.reconstruct(images)))
              .toList();
      List<Future<List<LogLikelihood>>> scores =
          IntStream.range(0, 8)
              .mapToObj(i -> threads.submit(() -> OF_BITS.logLikelihood(images, 50, SEED)))
              .toList();
      for (Future<float[][]> some : codes) {
        assertThat(some.get()).isDeepEqualTo(expected);
      }
      for (Future<List<LogLikelihood>> some : scores) {
        assertThat(some.get()).isEqualTo(estimates);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  static Stream<Arguments> refused() {
    float[][] good = new float[2][VALUES];
    float[][] shortOne = {new float[VALUES], new float[VALUES - 1]};
    return Stream.of(
        refused(() -> OF_BITS.encode(new float[0][]), "there is no image; give at least one"),
        refused(
            () -> OF_BITS.reconstruct(shortOne),
            "image 1 has 11 values, but the model's have 12: 2 x 2 pixels of 3 values, rows from"
                + " top to bottom"),
        refused(
            () -> OF_BITS.encode(with(255)),
            "image 1 has 255.0 at 7 (row 1, column 0), which is not in [0, 1]; divide levels of 0"
                + " .. 255 by 255"),
        refused(() -> OF_BITS.encodeDeviations(with(Float.NaN)), "image 1 has NaN at 7 "),
        refused(() -> OF_BITS.binarise(with(-0.1f), 1), "image 1 has -0.1 at 7 "),
        refused(() -> OF_BITS.decode(new float[0][]), "there is no code; give at least one"),
        refused(
            () -> OF_BITS.decode(good),
            "code 0 has 12 values, but the model's have 3: one a latent dimension"),
        refused(
            () -> OF_BITS.decode(new float[][] {{0, 1, Float.POSITIVE_INFINITY}}),
            "code 0 has Infinity at 2; give finite numbers"),
        refused(() -> OF_BITS.sample(0, 1), "n must be at least 1, but is 0"),
        refused(() -> OF_BITS.logLikelihood(good, 0, 1), "samples must be at least 1, but is 0"),
        refused(
            () -> OF_BITS.logLikelihood(with(0.5f), 10, 1),
            "image 1 has 0.5 at 7 (row 1, column 0), and this model's log p(x) is of bits, 0 or 1;"
                + " draw them by binarise(images, seed)"),
        refused(
            () -> trained(new Categorical(256)).logLikelihood(with(0.3f), 10, 1),
            "image 1 has 0.3 at 7 (row 1, column 0), and this model's log p(x) is of levels, k /"
                + " 255; round to Math.round(255 * x) / 255f"),
        refused(() -> OF_BITS.encode(null), "the array of images is null; give one"),
        refused(() -> OF_BITS.decode(new float[1][]), "code 0 is null; give one"),
        refused(() -> OF_BITS.logLikelihood(good, 10, 1, null), "proposal is null; give one"));
  }

  private static Arguments refused(ThrowingCallable call, String message) {
    return Arguments.of(message, call);
  }

  private static float[][] with(float value) {
    float[][] images = new float[2][VALUES];
    images[1][7] = value;
    return images;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void whatMakesNoSenseIsRefusedInALine(String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .startsWith(message)
        .doesNotContain("\n");
  }

  @Test
  void aPosteriorThatCannotBeRefinedIsRefused() {
    List<ImageModel> models =
        ModelCases.every().stream()
            .filter(model -> model.model().hasLogLikelihood())
            .filter(model -> Refinement.contradiction(model.model()).isPresent())
            .toList();
    assertThat(models).isNotEmpty();
    for (ImageModel model : models) {
      TrainedVae vae = TrainedVae.of(StoredRuns.network(model, 1));
      float[][] images = new float[1][model.x().values()];
      assertThatThrownBy(() -> vae.logLikelihood(images, 10, 1, Refined.standard()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("the proposal is refined, ")
          .hasMessageContaining("set it to encoder");
    }
  }

  /** Half of the samples have finite weights. */
  @Test
  void anEstimateThatIsNoNumberIsNotReliable() {
    ImageModel model = Overflowing.model(VALUES);
    LogLikelihood estimate =
        TrainedVae.of(StoredRuns.network(model, Overflowing.parameters(model)))
            .logLikelihood(bits(1, VALUES, 1), SAMPLES, SEED)
            .get(0);
    assertThat(estimate.value()).isNaN();
    assertThat(estimate.reliable()).isFalse();
  }

  @Test
  void anyLevelAndAnyIntensityIsScoredWhereTheModelIsOfThose() {
    float[][] levels = new float[256][VALUES];
    for (int k = 0; k < 256; k++) {
      levels[k][7] = k / 255f;
    }
    assertThat(trained(new Categorical(256)).logLikelihood(levels, 2, 1)).hasSize(256);
    assertThat(
            trained(new Gaussian(Gaussian.Variance.SHARED, 0.01)).logLikelihood(with(0.5f), 2, 1))
        .hasSize(2);
  }

  @Test
  void whatAModelDoesNotHaveItSaysInALine() {
    ImageModel reconstructing = ModelCases.reconstructing().get(0);
    TrainedVae autoencoder = TrainedVae.of(StoredRuns.network(reconstructing, 1));
    float[][] images = new float[1][reconstructing.x().values()];
    assertThat(autoencoder.hasLogLikelihood()).isFalse();
    assertThatThrownBy(() -> autoencoder.logLikelihood(images, 10, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("an autoencoder has no log p(x); compare its reconstructions instead");

    ImageModel decoding =
        ModelCases.every().stream()
            .filter(model -> !model.model().hasEncoder())
            .findFirst()
            .orElseThrow();
    TrainedVae densityNetwork = TrainedVae.of(StoredRuns.network(decoding, 1));
    assertThatThrownBy(() -> densityNetwork.encode(new float[1][decoding.x().values()]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "a density network has no encoder, and images no codes; decode, sample and"
                + " logLikelihood do without");
    assertThat(densityNetwork.sample(2, 1)).hasDimensions(2, decoding.x().values());
  }
}
