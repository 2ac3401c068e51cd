package org.sparkvae.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.Elbo;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.step.Measures;
import org.sparkvae.step.StepSettings;

/** The bound and what is optimised in its place while the KL term has another weight than 1. */
class ObjectiveValueTest {
  private static final double WEIGHT = 0.3;

  static Stream<Bound> bounds() {
    return ModelCases.bounds().stream().filter(Bound::isLowerBound);
  }

  static Stream<Bound> others() {
    return ModelCases.bounds().stream().filter(bound -> !bound.isLowerBound());
  }

  @ParameterizedTest
  @MethodSource("others")
  void whatIsNoLowerBoundIsNotMeasuredAsOne(Bound bound) {
    Measures whole = filled(bound, false).value(StepSettings.NONE);
    Measures weighted = filled(bound, true).differentiate(new StepSettings(0, WEIGHT));

    assertThat(whole.measures())
        .isEqualTo(Objective.measures(ModelCases.specs().get(0).model(), bound))
        .containsExactly(Objective.WEIGHTED, Objective.RECONSTRUCTION, Objective.KL);
    assertThat(weighted).isEqualTo(filled(bound, false).value(new StepSettings(0, WEIGHT)));
  }

  @ParameterizedTest
  @MethodSource("others")
  void theObjectiveIsReconstructionLessTheWeightedKlOrAbove(Bound bound) {
    for (double warmUp : new double[] {1, WEIGHT}) {
      Measures value = filled(bound, false).value(new StepSettings(0, warmUp));
      double kl = value.sum(Objective.KL);
      double expected = value.sum(Objective.RECONSTRUCTION) - warmUp * bound.klWeight() * kl;
      if (bound.freeBits() > 0) {
        assertThat(value.sum(Objective.WEIGHTED)).isLessThan(expected - 1e-3);
      } else if (bound.power() == 0) {
        assertThat(value.sum(Objective.WEIGHTED)).isCloseTo(expected, within(1e-9));
      } else {
        assertThat(value.sum(Objective.WEIGHTED)).isGreaterThan(expected + 1e-3);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void theBoundIsTheSameWhateverTheWeightOfTheKlTerm(Bound bound) {
    Measures whole = filled(bound, false).value(StepSettings.NONE);
    Measures weighted = filled(bound, false).value(new StepSettings(0, WEIGHT));
    Measures differentiated = filled(bound, true).differentiate(new StepSettings(0, WEIGHT));

    assertThat(whole.sum(Objective.WEIGHTED)).isEqualTo(whole.sum(Objective.BOUND));
    assertThat(weighted.sum(Objective.BOUND)).isEqualTo(whole.sum(Objective.BOUND));
    assertThat(weighted.sum(Objective.KL)).isEqualTo(whole.sum(Objective.KL));
    assertThat(weighted.sum(Objective.RECONSTRUCTION))
        .isEqualTo(whole.sum(Objective.RECONSTRUCTION));
    assertThat(weighted.sum(Objective.WEIGHTED)).isNotEqualTo(whole.sum(Objective.BOUND));
    assertThat(differentiated).isEqualTo(weighted);
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void theElboIsReconstructionLessKlAndOtherBoundsAreAbove(Bound bound) {
    Measures value = filled(bound, false).value(new StepSettings(0, WEIGHT));
    double elbo = value.sum(Objective.RECONSTRUCTION) - value.sum(Objective.KL);
    double weighted = value.sum(Objective.RECONSTRUCTION) - WEIGHT * value.sum(Objective.KL);

    if (bound instanceof Elbo || bound.samples() == 1) {
      assertThat(value.sum(Objective.BOUND)).isCloseTo(elbo, within(1e-9));
      assertThat(value.sum(Objective.WEIGHTED)).isCloseTo(weighted, within(1e-9));
    } else {
      assertThat(value.sum(Objective.BOUND)).isGreaterThan(elbo + 1e-3);
      assertThat(value.sum(Objective.WEIGHTED)).isGreaterThan(weighted + 1e-3);
    }
  }

  private static Objective filled(Bound bound, boolean differentiated) {
    ImageModel spec = ModelCases.specs().get(0);
    INDArray parameters = ModelCases.parameters(spec, DataType.DOUBLE, 5);
    INDArray gradient = differentiated ? Nd4j.zerosLike(parameters) : null;
    Objective objective =
        new Objective(
            spec, new ObjectiveSpec(bound, 40, 0), ModelCases.BATCH, parameters, gradient);
    ModelCases.fill(objective, spec, bound.samples(), 6);
    return objective;
  }
}
