package org.sparkvae.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Use;
import org.sparkvae.tensor.kernels.Activation;

/** Layers that are normalised by their minibatch, against the formulas written down. */
class NormalisationTest {
  private static final int ROWS = 9;
  private static final int IN = 4;
  private static final int OUT = 3;
  private static final double EPSILON = 0.02;
  private static final Normalisation BATCH = new Normalisation.Batch(EPSILON);

  private static final class Layer {
    final Recorder recorder;
    final Matrix x;
    final Matrix y;
    final ParameterLayout layout;
    final INDArray parameters;
    final Program program;

    Layer(Use use, Activation activation) {
      recorder = new Recorder(use, ROWS, 1);
      x = recorder.constant(ROWS, IN);
      y = BATCH.layer(recorder, x, OUT, activation);
      layout = recorder.layout();
      Random random = new Random(1);
      double[] values = random.doubles(layout.length(), -1, 1).toArray();
      parameters = Nd4j.createFromArray(values);
      program = new Program(recorder, layout, parameters, null, List.of(y));
      for (int i = 0; i < ROWS * IN; i++) {
        x.value().putScalar(i, random.nextGaussian());
      }
      program.forward();
    }

    double[] block(String name) {
      ParameterLayout.Block block = layout.block(name);
      return Arrays.copyOfRange(
          parameters.toDoubleVector(),
          Math.toIntExact(block.offset()),
          Math.toIntExact(block.offset() + block.length()));
    }

    double sum(int row, int unit) {
      double sum = 0;
      for (int i = 0; i < IN; i++) {
        sum += x.value().getDouble(row, i) * block("weight")[i * OUT + unit];
      }
      return sum;
    }

    double expected(int row, int unit, double mean, double variance, Activation activation) {
      double normal = (sum(row, unit) - mean) / Math.sqrt(variance + EPSILON);
      double a = normal * block("scale")[unit] + block("bias")[unit];
      return switch (activation) {
        case IDENTITY -> a;
        case TANH -> Math.tanh(a);
        case RELU -> Math.max(a, 0);
        case SOFTPLUS -> Math.log1p(Math.exp(a));
        case ELU -> a > 0 ? a : Math.expm1(a);
        case LEAKY_RELU -> a > 0 ? a : 0.01 * a;
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void trainingNormalisesByTheMinibatch(Activation activation) {
    Layer layer = new Layer(Use.TRAINING, activation);
    for (int unit = 0; unit < OUT; unit++) {
      int of = unit;
      double[] sums = new double[ROWS];
      Arrays.setAll(sums, row -> layer.sum(row, of));
      double mean = Arrays.stream(sums).average().orElseThrow();
      double variance =
          Arrays.stream(sums).map(s -> (s - mean) * (s - mean)).average().orElseThrow();
      for (int row = 0; row < ROWS; row++) {
        assertThat(layer.y.value().getDouble(row, unit))
            .isCloseTo(layer.expected(row, unit, mean, variance, activation), within(1e-10));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void scoringNormalisesByWhatWasCollected(Activation activation) {
    Layer layer = new Layer(Use.SCORING, activation);
    for (int unit = 0; unit < OUT; unit++) {
      double mean = layer.block("mean")[unit];
      double variance = Math.exp(layer.block("log-variance")[unit]);
      for (int row = 0; row < ROWS; row++) {
        assertThat(layer.y.value().getDouble(row, unit))
            .isCloseTo(layer.expected(row, unit, mean, variance, activation), within(1e-10));
      }
    }
    assertThat(layer.y.value().dataType()).isEqualTo(DataType.DOUBLE);
  }
}
