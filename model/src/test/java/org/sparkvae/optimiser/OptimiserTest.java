package org.sparkvae.optimiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class OptimiserTest {
  private static final int COUNT = 37;
  private static final int STEPS = 5;
  private static final double RATE = 0.01;

  /** The gradient of J/N at a step; that of J is N times as large. */
  private static double gradient(int step, int index) {
    return Math.sin(1 + 3 * step + index) * 1e-3;
  }

  private static float[] train(Optimiser spec, long trainingImages) {
    INDArray parameters = Nd4j.linspace(DataType.FLOAT, -1, 0.05, COUNT);
    INDArray gradient = Nd4j.create(DataType.FLOAT, COUNT);
    long length = Steps.stateLength(spec, COUNT);
    INDArray state = length == 0 ? null : Nd4j.create(DataType.FLOAT, length);
    Steps optimiser = new Steps(spec, trainingImages, parameters, gradient, state);
    for (int step = 1; step <= STEPS; step++) {
      for (int i = 0; i < COUNT; i++) {
        gradient.putScalar(i, trainingImages * gradient(step, i));
      }
      optimiser.take(RATE, step);
    }
    return parameters.toFloatVector();
  }

  @Test
  void adamIsKingmaAndBasAlgorithmOnTheMeanObjective() {
    double epsilon = 1e-4;
    float[] trained = train(new Adam(0.9, 0.999, epsilon), 1 << 16);

    for (int i = 0; i < COUNT; i++) {
      double p = -1 + 0.05 * i;
      double m = 0;
      double v = 0;
      for (int step = 1; step <= STEPS; step++) {
        double g = gradient(step, i);
        m = 0.9 * m + 0.1 * g;
        v = 0.999 * v + 0.001 * g * g;
        double mHat = m / (1 - Math.pow(0.9, step));
        double vHat = v / (1 - Math.pow(0.999, step));
        p -= RATE * mHat / (Math.sqrt(vHat) + epsilon);
      }
      assertThat((double) trained[i]).isCloseTo(p, within(1e-6));
    }
  }

  @Test
  void adamaxIsKingmaAndBasAlgorithmOnTheMeanObjective() {
    double epsilon = 1e-5;
    float[] trained = train(new Adamax(0.9, 0.99, epsilon), 1 << 16);

    for (int i = 0; i < COUNT; i++) {
      double p = -1 + 0.05 * i;
      double m = 0;
      double u = 0;
      for (int step = 1; step <= STEPS; step++) {
        double g = gradient(step, i);
        m = 0.9 * m + 0.1 * g;
        u = Math.max(0.99 * u, Math.abs(g));
        p -= RATE / (1 - Math.pow(0.9, step)) * m / (u + epsilon);
      }
      assertThat((double) trained[i]).isCloseTo(p, within(1e-6));
    }
  }

  @Test
  void momentumIsThatOfTheMeanObjective() {
    float[] trained = train(new Sgd(0.9), 1000);

    for (int i = 0; i < COUNT; i++) {
      double p = -1 + 0.05 * i;
      double velocity = 0;
      for (int step = 1; step <= STEPS; step++) {
        velocity = 0.9 * velocity + gradient(step, i);
        p -= RATE * velocity;
      }
      assertThat((double) trained[i]).isCloseTo(p, within(1e-6));
    }
  }

  @Test
  void withoutMomentumNoStateIsKept() {
    float[] trained = train(new Sgd(0), 1000);

    for (int i = 0; i < COUNT; i++) {
      double p = -1 + 0.05 * i;
      for (int step = 1; step <= STEPS; step++) {
        p -= RATE * gradient(step, i);
      }
      assertThat((double) trained[i]).isCloseTo(p, within(1e-6));
    }
  }

  @Test
  void theSizeOfTheTrainingSetChangesNothingButTheUnit() {
    // Powers of two scale floats exactly.
    Optimiser adam = new Adam(0.9, 0.999, 1e-4);
    assertThat(train(adam, 1 << 10)).containsExactly(train(adam, 1));
    Optimiser adamax = new Adamax(0.9, 0.999, 1e-8);
    assertThat(train(adamax, 1 << 10)).containsExactly(train(adamax, 1));
    Optimiser sgd = new Sgd(0.5);
    assertThat(train(sgd, 1 << 10)).containsExactly(train(sgd, 1));
  }

  @ParameterizedTest
  @MethodSource("optimisers")
  void aRescaledStateGoesOnAsBeforeWithAnotherNumberOfTrainingImages(Optimiser spec) {
    // No powers of two, and one set larger than the other either way.
    for (long[] sizes : new long[][] {{700, 60_000}, {60_000, 700}}) {
      INDArray parameters = Nd4j.linspace(DataType.FLOAT, -1, 0.05, COUNT);
      INDArray state = Nd4j.create(DataType.FLOAT, Steps.stateLength(spec, COUNT));
      steps(spec, sizes[0], parameters, state, 1, 3);
      Steps.rescale(spec, COUNT, state, (double) sizes[1] / sizes[0]);
      steps(spec, sizes[1], parameters, state, 4, 6);

      INDArray expected = Nd4j.linspace(DataType.FLOAT, -1, 0.05, COUNT);
      INDArray unscaled = Nd4j.create(DataType.FLOAT, state.length());
      steps(spec, sizes[0], expected, unscaled, 1, 6);
      for (int i = 0; i < COUNT; i++) {
        assertThat(parameters.getFloat(i)).isCloseTo(expected.getFloat(i), within(2e-7f));
      }
    }
  }

  static Stream<Optimiser> optimisers() {
    return Stream.of(new Adam(0.9, 0.999, 1e-4), new Adamax(0.9, 0.99, 1e-8), new Sgd(0.9));
  }

  private static void steps(
      Optimiser spec, long images, INDArray parameters, INDArray state, int from, int to) {
    INDArray gradient = Nd4j.create(DataType.FLOAT, COUNT);
    Steps optimiser = new Steps(spec, images, parameters, gradient, state);
    for (int step = from; step <= to; step++) {
      for (int i = 0; i < COUNT; i++) {
        gradient.putScalar(i, images * gradient(step, i));
      }
      optimiser.take(RATE, step);
    }
  }

  @Test
  void stateLengths() {
    assertThat(Steps.stateLength(new Adam(0.9, 0.999, 1e-8), 10)).isEqualTo(20);
    assertThat(Steps.stateLength(new Sgd(0.1), 10)).isEqualTo(10);
    assertThat(Steps.stateLength(new Sgd(0), 10)).isZero();
  }

  @Test
  void arraysThatDoNotFitAreRefused() {
    INDArray ten = Nd4j.create(DataType.FLOAT, 10);
    INDArray nine = Nd4j.create(DataType.FLOAT, 9);
    Optimiser sgd = new Sgd(0.5);

    assertThatThrownBy(() -> new Steps(sgd, 1, ten, nine, ten))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10 parameters, but a gradient of 9 values");
    assertThatThrownBy(() -> new Steps(sgd, 1, ten, ten, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a state of 10, but it has 0");
  }
}
