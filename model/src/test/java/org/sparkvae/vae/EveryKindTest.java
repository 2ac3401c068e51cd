package org.sparkvae.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.Elbo;
import org.sparkvae.codec.Codec;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.estimator.Estimator;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.noise.Noise;
import org.sparkvae.optimiser.Adam;
import org.sparkvae.optimiser.Optimiser;
import org.sparkvae.posterior.Chain;
import org.sparkvae.prior.Vampprior;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.kernels.Activation;

/**
 * Every kind of part is recorded, drawn and stored. {@link ObjectiveGradientTest} takes the same
 * cases through their gradients.
 */
class EveryKindTest {
  private static final long KEY = Noise.key(3, Noise.Purpose.PRIOR, 0, 0);

  static Stream<ImageModel> models() {
    return ModelCases.every().stream();
  }

  static Stream<ImageModel> scored() {
    return ModelCases.specs().stream();
  }

  static Stream<Bound> bounds() {
    return ModelCases.bounds().stream();
  }

  static Stream<Estimator> estimators() {
    return ModelCases.estimators().stream();
  }

  static Stream<Optimiser> optimisers() {
    return ModelCases.optimisers().stream();
  }

  /** Whatever stands in the records of a model, an objective or an optimiser. */
  @Test
  void everyKindHasACase() {
    Set<Class<?>> kinds = new LinkedHashSet<>();
    for (Class<?> declared : List.of(ImageModel.class, ObjectiveSpec.class, Optimiser.class)) {
      collect(declared, kinds);
    }
    assertThat(kinds).hasSizeGreaterThan(5);
    assertThat(kinds)
        .allSatisfy(
            kind ->
                assertThat(ModelCases.parts())
                    .as("a case of %s in ModelCases", kind.getSimpleName())
                    .anyMatch(kind::isInstance));
  }

  private static void collect(Class<?> declared, Set<Class<?>> kinds) {
    if (declared.isSealed()) {
      for (Class<?> kind : declared.getPermittedSubclasses()) {
        if (kinds.add(kind)) {
          collect(kind, kinds);
        }
      }
    } else if (declared.isRecord()) {
      for (RecordComponent component : declared.getRecordComponents()) {
        collect(component.getType(), kinds);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void imagesAreDrawnFromThePriorOfEveryModel(ImageModel model) {
    Codec codec = new Codec(model, ModelCases.parameters(model, DataType.FLOAT, 7));
    float[][] drawn = codec.sample(KEY, 5);
    assertThat(drawn).hasDimensions(5, ModelCases.PIXELS);
    assertInRange(drawn);
    // Two draws of a few bits may be the same.
    assertThat(List.of(drawn)).anySatisfy(other -> assertThat(other).isNotEqualTo(drawn[0]));
    // A draw is a function of its number.
    assertThat(codec.sample(KEY, 2)[1]).containsExactly(drawn[1], within(1e-5f));
  }

  @ParameterizedTest
  @MethodSource("models")
  void imagesAreEncodedAndDecodedByEveryModel(ImageModel model) {
    Codec codec = new Codec(model, ModelCases.parameters(model, DataType.FLOAT, 7));
    float[][] codes = codec.encode(new float[][] {{0, 1, 1, 0, 1, 0, 0}, {1, 1, 0, 0, 1, 0, 1}});
    assertThat(codes).hasDimensions(2, model.model().codeLength());
    boolean encodes = !model.posterior(new Recorder(1, 1)).isEmpty();
    assertThat(Arrays.equals(codes[0], codes[1])).isNotEqualTo(encodes);
    float[][] decoded = codec.decode(codes);
    assertThat(decoded).hasDimensions(2, ModelCases.PIXELS);
    assertInRange(decoded);
  }

  private static void assertInRange(float[][] images) {
    for (float[] image : images) {
      for (float value : image) {
        assertThat(value).isBetween(0f, 1f);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("scored")
  void aSampleOfEveryModelTakesWork(ImageModel model) {
    assertThat(model.flopsOfASample()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("models")
  void theSummaryOfEveryModelTellsItsSizes(ImageModel model) {
    assertThat(model.model().summary(model.x()))
        .contains("-" + ModelCases.PIXELS + ", ")
        .contains("z" + ModelCases.LATENT);
  }

  @ParameterizedTest
  @MethodSource("models")
  void theSummaryOfEveryModelHasTheSameDigitsInEveryLocale(ImageModel model) {
    String summary = model.model().summary(model.x());
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      assertThat(model.model().summary(model.x())).isEqualTo(summary);
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void thePartsOfEveryCaseGoTogether(ImageModel model) {
    assertThat(model.model().contradiction()).isEmpty();
  }

  @Test
  void theSummaryNamesWhatIsNotPlain() {
    Mlp body = new Mlp(List.of(6, 5), Activation.TANH);
    Shape x = new Shape(2, 3, 1);
    assertThat(new Vae(2, body, body, new Bernoulli()).summary(x))
        .isEqualTo("6-6-5-z2-6-5-6, Bernoulli");
    assertThat(new Vae(2, body, new Chain(), new Vampprior(9), body, new Bernoulli()).summary(x))
        .isEqualTo("6-6-5-z2-6-5-6, Bernoulli, chain posterior, vampprior as prior");
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyModelIsStored(ImageModel model) throws IOException {
    assertStored(model, new Elbo(2, Elbo.Kl.ANALYTIC), new Adam(0.9, 0.999, 1e-4));
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void everyBoundIsStored(Bound bound) throws IOException {
    assertStored(ModelCases.specs().get(0), bound, new Adam(0.9, 0.999, 1e-4));
  }

  @ParameterizedTest
  @MethodSource("optimisers")
  void everyOptimiserIsStored(Optimiser optimiser) throws IOException {
    assertStored(ModelCases.specs().get(0), new Elbo(2, Elbo.Kl.ANALYTIC), optimiser);
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void everyEstimatorIsStored(Estimator estimator) throws IOException {
    Bound bound = new Elbo(2, Elbo.Kl.ANALYTIC);
    assertStored(
        ModelCases.specs().get(0),
        new ObjectiveSpec(bound, 40, 0.5, estimator),
        new Adam(0.9, 0.999, 1e-4));
  }

  private static void assertStored(ImageModel model, Bound bound, Optimiser optimiser)
      throws IOException {
    assertStored(model, new ObjectiveSpec(bound, 40, 0.5), optimiser);
  }

  private static void assertStored(ImageModel model, ObjectiveSpec objective, Optimiser optimiser)
      throws IOException {
    MultiLayerNetwork network = VaeNetwork.create(model, objective, optimiser, 1e-3, 9);
    INDArray vector = VaeNetwork.vector(network);
    model.initialise(objective, 5, new float[ModelCases.PIXELS], vector);
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    ModelSerializer.writeModel(network, zip, true);

    MultiLayerNetwork restored =
        ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(zip.toByteArray()), true);

    assertThat(VaeNetwork.spec(restored)).isEqualTo(model);
    assertThat(VaeNetwork.objective(restored)).isEqualTo(objective);
    assertThat(VaeNetwork.optimiser(restored)).isEqualTo(optimiser);
    assertThat(VaeNetwork.vector(restored).toFloatVector()).containsExactly(vector.toFloatVector());
  }
}
