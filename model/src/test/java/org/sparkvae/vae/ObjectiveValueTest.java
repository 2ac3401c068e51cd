package org.sparkvae.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.Elbo;

/** The bound and what is optimised in its place while the KL term has another weight than 1. */
class ObjectiveValueTest {
  private static final double WEIGHT = 0.3;

  static List<Bound> bounds() {
    return ModelCases.bounds();
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void theBoundIsTheSameWhateverTheWeightOfTheKlTerm(Bound bound) {
    ObjectiveValue whole = filled(bound, false).value(1);
    ObjectiveValue weighted = filled(bound, false).value(WEIGHT);
    ObjectiveValue differentiated = filled(bound, true).differentiate(WEIGHT);

    assertThat(whole.weighted()).isEqualTo(whole.bound());
    assertThat(weighted.bound()).isEqualTo(whole.bound());
    assertThat(weighted.kl()).isEqualTo(whole.kl());
    assertThat(weighted.reconstruction()).isEqualTo(whole.reconstruction());
    assertThat(weighted.weighted()).isNotEqualTo(whole.bound());
    assertThat(differentiated).isEqualTo(weighted);
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void theElboIsReconstructionLessKlAndOtherBoundsAreAbove(Bound bound) {
    ObjectiveValue value = filled(bound, false).value(WEIGHT);
    double elbo = value.reconstruction() - value.kl();
    double weighted = value.reconstruction() - WEIGHT * value.kl();

    if (bound instanceof Elbo || bound.samples() == 1) {
      assertThat(value.bound()).isCloseTo(elbo, within(1e-9));
      assertThat(value.weighted()).isCloseTo(weighted, within(1e-9));
    } else {
      assertThat(value.bound()).isGreaterThan(elbo + 1e-3);
      assertThat(value.weighted()).isGreaterThan(weighted + 1e-3);
    }
  }

  @Test
  void sumsAddUp() {
    ObjectiveValue sum =
        new ObjectiveValue(1, -2, -3, -4, 5).plus(new ObjectiveValue(10, -20, -30, -40, 50));

    assertThat(sum).isEqualTo(new ObjectiveValue(11, -22, -33, -44, 55));
    assertThat(sum.isFinite()).isTrue();
    assertThat(sum.plus(new ObjectiveValue(1, -2, Double.NaN, -4, 5)).isFinite()).isFalse();
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
