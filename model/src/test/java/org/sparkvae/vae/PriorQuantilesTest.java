package org.sparkvae.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.codec.Codec;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.noise.Noise;
import org.sparkvae.prior.StandardNormal;
import org.sparkvae.prior.Vampprior;

/** The quantiles of priors: what a map of the latent space is drawn at. */
class PriorQuantilesTest {
  private static final long KEY = Noise.key(3, Noise.Purpose.PRIOR, 0, 1);

  /** Of 1/6, 1/2 and 5/6. */
  private static final float[] NORMAL = {-0.96742157f, 0, 0.96742157f};

  static Stream<ImageModel> models() {
    return ModelCases.every().stream().filter(model -> !ModelCases.ofBits().contains(model));
  }

  @ParameterizedTest
  @MethodSource("models")
  void riseInEveryDimensionOfEveryPrior(ImageModel model) {
    Codec codec = new Codec(model, ModelCases.parameters(model, DataType.FLOAT, 7));
    float[][] quantiles = codec.quantiles(KEY, 5);
    assertThat(quantiles).hasDimensions(model.model().codeLength(), 5);
    for (float[] quantile : quantiles) {
      assertThat(quantile).isSorted().doesNotHaveDuplicates();
    }
  }

  static Stream<ImageModel> ofBits() {
    return ModelCases.ofBits().stream();
  }

  @ParameterizedTest
  @MethodSource("ofBits")
  void ofBitsAreBits(ImageModel model) {
    Codec codec = new Codec(model, ModelCases.parameters(model, DataType.FLOAT, 7));
    for (float[] quantile : codec.quantiles(KEY, 20)) {
      assertThat(quantile).isSorted().startsWith(0).endsWith(1).containsOnly(0, 1);
    }
  }

  @Test
  void ofAStandardNormalHaveAClosedForm() {
    ImageModel model = withPrior(StandardNormal.class);
    Codec codec = new Codec(model, ModelCases.parameters(model, DataType.FLOAT, 7));
    for (float[] quantile : codec.quantiles(KEY, 3)) {
      assertThat(quantile).containsExactly(NORMAL);
    }
  }

  /** Parameters of 0 make every component N(0, I). */
  @Test
  void ofAnotherPriorAreThoseOfDraws() {
    ImageModel model = withPrior(Vampprior.class);
    INDArray zeros = Nd4j.zeros(DataType.FLOAT, model.parameters());
    for (float[] quantile : new Codec(model, zeros).quantiles(KEY, 3)) {
      assertThat(quantile).containsExactly(NORMAL, within(0.06f));
    }
  }

  private static ImageModel withPrior(Class<?> kind) {
    return ModelCases.encoding()
        .filter(model -> kind.isInstance(ModelCases.vae(model).prior()))
        .findFirst()
        .orElseThrow();
  }
}
