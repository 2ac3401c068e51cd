package org.sparkvae.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.bound.VrMax;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.posterior.DiagonalGaussian;
import org.sparkvae.step.Measures;
import org.sparkvae.step.StepSettings;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;

/** The derivative of the largest sample alone is that which flows through all samples. */
class LargestSampleTest {
  private static final ObjectiveSpec SPEC = new ObjectiveSpec(new VrMax(6), 40, 0.3);
  private static final StepSettings SETTINGS = new StepSettings(0, 0.7);

  /** Models of every posterior, of every prior, and of several layers. */
  static Stream<ImageModel> models() {
    return ModelCases.encoding()
        .filter(ImageModel::isTheSameInTraining)
        .filter(
            model ->
                model.model().layers() > 1
                    || model.equals(ModelCases.specs().get(0))
                    || !ModelCases.vae(model).posterior().equals(new DiagonalGaussian()));
  }

  @ParameterizedTest
  @MethodSource("models")
  void hasTheValueAndTheGradientOfTheObjective(ImageModel model) {
    INDArray parameters = ModelCases.parameters(model, DataType.DOUBLE, 8);
    INDArray whole = parameters.like();
    INDArray chosen = parameters.like();
    Objective objective = new Objective(model, SPEC, ModelCases.BATCH, parameters, whole);
    LargestSample largest = new LargestSample(model, SPEC, ModelCases.BATCH, parameters, chosen);
    for (int seed = 0; seed < 3; seed++) {
      ModelCases.fill(objective, model, SPEC.bound().samples(), seed);
      System.arraycopy(
          objective.images(), 0, largest.images(), 0, ModelCases.BATCH * ModelCases.PIXELS);
      for (int image = 0; image < ModelCases.BATCH; image++) {
        largest.noise().draw(ModelCases.key(seed, image), image);
      }
      Measures expected = objective.differentiate(SETTINGS);
      assertThat(largest.differentiate(SETTINGS)).isEqualTo(expected);
      double[] slopes = whole.toDoubleVector();
      assertThat(chosen.toDoubleVector()).containsExactly(slopes, within(1e-8));
    }
  }
}
