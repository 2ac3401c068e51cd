package org.sparkvae.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Operations that share a block of parameters add up their derivatives. */
class SharedParameterTest {
  private static final int ROWS = 3;
  private static final int WIDTH = 5;

  /** Every operation with parameters, each of them twice on the same blocks. */
  private enum Recording {
    DENSE {
      @Override
      Rows[] on(Tape tape, Parameters parameters, Matrix x) {
        Affine map = new Affine("map", WIDTH, WIDTH);
        Matrix once = map.append(tape, parameters, x, Activation.TANH);
        Matrix twice = map.append(tape, parameters, once, Activation.SOFTPLUS);
        return new Rows[] {tape.standardNormalLogDensity(twice)};
      }
    },
    PRODUCT_AND_BERNOULLI {
      @Override
      Rows[] on(Tape tape, Parameters parameters, Matrix x) {
        Parameter weight = parameters.matrix("map.weight");
        Parameter bias = parameters.vector("map.bias");
        Matrix h = tape.dense(x, weight, bias, Activation.TANH);
        return new Rows[] {
          tape.bernoulliLogLikelihood(x, tape.product(x, weight), bias),
          tape.bernoulliLogLikelihood(x, tape.product(h, weight), bias)
        };
      }
    },
    SHARED_VARIANCE {
      @Override
      Rows[] on(Tape tape, Parameters parameters, Matrix x) {
        Affine map = new Affine("map", WIDTH, WIDTH);
        Parameter raw = parameters.vector("raw");
        Matrix once = map.append(tape, parameters, x, Activation.IDENTITY);
        Matrix twice = map.append(tape, parameters, x, Activation.ELU);
        return new Rows[] {
          tape.gaussianSharedLogLikelihood(x, once, raw, 0.1),
          tape.gaussianSharedLogLikelihood(x, twice, raw, 0.1)
        };
      }
    };

    abstract Rows[] on(Tape tape, Parameters parameters, Matrix x);
  }

  private static ParameterLayout layout() {
    return new ParameterLayout.Builder().affine("map", WIDTH, WIDTH).bias("raw", 1).build();
  }

  /** A recording on its arrays. */
  private static final class Computation {
    final INDArray values;
    final INDArray gradient;
    private final Tape tape;
    private final Rows[] rows;

    Computation(Recording recording, DataType type) {
      double[] random = new Random(3).doubles(layout().length(), -0.5, 0.5).toArray();
      values = Nd4j.createFromArray(random).castTo(type);
      gradient = Nd4j.zeros(type, random.length);
      tape = new Tape(values, true);
      Matrix x = tape.constant(ROWS, WIDTH);
      x.value()
          .assign(
              Nd4j.createFromArray(new Random(4).doubles(ROWS * WIDTH).toArray())
                  .castTo(type)
                  .reshape(ROWS, WIDTH));
      rows = recording.on(tape, new Parameters(layout(), values, gradient), x);
    }

    double value() {
      tape.forward();
      return Arrays.stream(rows).flatMapToDouble(r -> Arrays.stream(r.value())).sum();
    }

    double[] differentiate() {
      value();
      for (Rows row : rows) {
        Arrays.fill(row.gradient(), 1);
      }
      tape.backward();
      return gradient.toDoubleVector();
    }
  }

  @ParameterizedTest
  @EnumSource(Recording.class)
  void gradientEqualsCentralDifferences(Recording recording) {
    Computation computation = new Computation(recording, DataType.DOUBLE);
    double[] analytic = computation.differentiate();
    double h = 1e-5;
    for (int i = 0; i < analytic.length; i++) {
      double centre = computation.values.getDouble(i);
      computation.values.putScalar(i, centre + h);
      double above = computation.value();
      computation.values.putScalar(i, centre - h);
      double below = computation.value();
      computation.values.putScalar(i, centre);
      assertThat(analytic[i])
          .as("parameter %d", i)
          .isCloseTo((above - below) / (2 * h), within(1e-6));
    }
  }

  @ParameterizedTest
  @EnumSource(Recording.class)
  void float32LoopsAddUpAsWell(Recording recording) {
    double[] wide = new Computation(recording, DataType.DOUBLE).differentiate();
    double[] narrow = new Computation(recording, DataType.FLOAT).differentiate();
    assertThat(narrow).containsExactly(wide, within(1e-4));
  }

  @Test
  void aSecondPassStartsAnew() {
    Computation computation = new Computation(Recording.DENSE, DataType.DOUBLE);
    double[] first = computation.differentiate();
    computation.gradient.assign(Double.NaN);
    assertThat(computation.differentiate()).startsWith(Arrays.copyOf(first, WIDTH * WIDTH));
  }
}
