package org.sparkvae.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.noise.Noise;
import org.sparkvae.vae.ImageModel;

/** What every model tells of images, and makes up, does not depend on how the work is cut. */
class EveryModelsCodesTest {
  private static final float[] ONE = {0, 1, 1, 0, 1, 0, 0};
  private static final float[] OTHER = {1, 1, 0, 0, 1, 0, 1};
  private static final long KEY = Noise.key(3, Noise.Purpose.PRIOR, 0, 0);

  static Stream<ImageModel> models() {
    return ModelCases.every().stream();
  }

  @ParameterizedTest
  @MethodSource("models")
  void anImagesPosteriorDoesNotDependOnItsNeighbours(ImageModel model) {
    INDArray parameters = ModelCases.parameters(model, DataType.FLOAT, 7);
    Posteriors posteriors = new Posteriors(model, parameters, 3);

    List<Posteriors.OfVariable> alone = posteriors.of(List.of(ONE), new long[] {11});
    List<Posteriors.OfVariable> among =
        posteriors.of(List.of(ONE, OTHER, OTHER), new long[] {11, 12, 13});

    assertThat(among).hasSize(model.model().layers());
    for (int v = 0; v < among.size(); v++) {
      assertThat(among.get(v).means()[0]).isEqualTo(alone.get(v).means()[0]);
      assertThat(among.get(v).draws()[0]).isEqualTo(alone.get(v).draws()[0]);
      assertThat(among.get(v).deviations().isPresent())
          .isEqualTo(alone.get(v).deviations().isPresent());
      for (float[] mean : among.get(v).means()) {
        assertThat(mean).doesNotContain(Float.NaN);
      }
    }
    if (model.model().codeLength() == model.model().latent()) {
      float[] code = new Codec(model, parameters).encode(new float[][] {ONE})[0];
      assertThat(alone.get(0).means()[0]).containsExactly(code, within(1e-5f));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void anImageThatIsMadeUpDependsOnItsNumberAlone(ImageModel model) {
    INDArray parameters = ModelCases.parameters(model, DataType.FLOAT, 7);
    Generation generation = new Generation(model, parameters, 4);

    Generation.Images first = generation.of(KEY, 0, 4);
    Generation.Images last = generation.of(KEY, 3, 1);

    assertThat(last.codes()[0]).containsExactly(first.codes()[3], within(1e-5f));
    assertThat(last.means()[0]).containsExactly(first.means()[3], within(1e-4f));
    assertThat(first.codes()).isDeepEqualTo(new Codec(model, parameters).codes(KEY, 4));
    for (float[] draw : first.draws()) {
      for (float value : draw) {
        assertThat(value).isBetween(0f, 1f);
      }
    }
  }
}
