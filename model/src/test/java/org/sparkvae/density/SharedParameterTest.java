package org.sparkvae.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Parameter;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Start;
import org.sparkvae.tensor.kernels.Activation;

/** Operations that share a block of parameters add up their derivatives. */
class SharedParameterTest {
  private static final int ROWS = 3;
  private static final int WIDTH = 5;

  /** Every operation with parameters, each of them twice on the same blocks. */
  private enum Recording {
    DENSE {
      @Override
      List<Rows> on(Recorder r, Matrix x) {
        Recorder map = r.at("map");
        Matrix once = map.dense(x, WIDTH, Activation.TANH);
        Matrix twice = map.dense(once, WIDTH, Activation.SOFTPLUS);
        return List.of(StandardNormalLogDensity.of(r, twice));
      }
    },
    PRODUCT_AND_BERNOULLI {
      @Override
      List<Rows> on(Recorder r, Matrix x) {
        Parameter weight = r.weight("weight", WIDTH, WIDTH);
        Parameter bias = r.vector("bias", WIDTH, new Start.Constant(0));
        Matrix h = r.dense(x, weight, bias, Activation.TANH);
        return List.of(
            BernoulliLogLikelihood.of(r, x, r.product(x, weight), bias),
            BernoulliLogLikelihood.of(r, x, r.product(h, weight), bias));
      }
    },
    SHARED_VARIANCE {
      @Override
      List<Rows> on(Recorder r, Matrix x) {
        Recorder map = r.at("map");
        Parameter raw = r.vector("raw", 1, new Start.Constant(0));
        Matrix once = map.dense(x, WIDTH, Activation.IDENTITY);
        Matrix twice = map.dense(x, WIDTH, Activation.ELU);
        return List.of(
            GaussianSharedLogLikelihood.of(r, x, once, raw, 0.1),
            GaussianSharedLogLikelihood.of(r, x, twice, raw, 0.1));
      }
    };

    abstract List<Rows> on(Recorder r, Matrix x);
  }

  /** A recording on its arrays. */
  private static final class Computation {
    final INDArray values;
    final INDArray gradient;
    private final Program program;
    private final List<Rows> rows;

    Computation(Recording recording, DataType type) {
      Recorder recorder = new Recorder(ROWS, 1);
      Matrix x = recorder.constant(ROWS, WIDTH);
      rows = recording.on(recorder, x);
      ParameterLayout layout = recorder.layout();
      double[] random = new Random(3).doubles(layout.length(), -0.5, 0.5).toArray();
      values = Nd4j.createFromArray(random).castTo(type);
      gradient = Nd4j.valueArrayOf(new long[] {random.length}, Double.NaN, type);
      program = new Program(recorder, layout, values, gradient, rows);
      x.value()
          .assign(
              Nd4j.createFromArray(new Random(4).doubles(ROWS * WIDTH).toArray())
                  .castTo(type)
                  .reshape(ROWS, WIDTH));
    }

    double value() {
      program.forward();
      return rows.stream().flatMapToDouble(r -> Arrays.stream(r.value())).sum();
    }

    double[] differentiate() {
      value();
      for (Rows row : rows) {
        Arrays.fill(row.gradient(), 1);
      }
      program.backward();
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
    assertThat(computation.differentiate()).isEqualTo(first);
  }
}
