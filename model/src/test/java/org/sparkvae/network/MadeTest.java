package org.sparkvae.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.kernels.Activation;

class MadeTest {
  private static final int INPUTS = 4;
  private static final int IMAGES = 2;
  private static final int ROWS = 6;

  /** A network of two hidden layers and an output, whose values' squares are summed. */
  private static final class Net {
    final Recorder recorder = new Recorder(IMAGES, ROWS / IMAGES);
    final Matrix x = recorder.constant(ROWS, INPUTS);
    final Matrix context = recorder.constant(IMAGES, 9);
    final Matrix y;
    final Rows squares;
    final ParameterLayout layout;
    final INDArray parameters;
    final INDArray gradient;
    final Program program;

    Net(Made.Order order, DataType type) {
      Made made =
          new Made(
              recorder,
              INPUTS,
              List.of(9, 6),
              Activation.TANH,
              order,
              context,
              List.of(new Made.Output("y", 0.5f)));
      y = made.of(x).get(0);
      Formula.Operand value = Formula.value("y");
      squares = recorder.sumOverColumns(value.squared(), Map.of(value, y));
      layout = recorder.layout();
      parameters = Nd4j.zeros(type, layout.length());
      gradient = Nd4j.valueArrayOf(new long[] {layout.length()}, Double.NaN, type);
      Random random = new Random(3);
      for (long i = 0; i < layout.length(); i++) {
        parameters.putScalar(i, random.nextGaussian());
      }
      program = new Program(recorder, layout, parameters, gradient, List.of(squares, y));
      for (Matrix matrix : List.of(x, context)) {
        for (long i = 0; i < matrix.value().length(); i++) {
          matrix.value().putScalar(i, random.nextGaussian());
        }
      }
    }

    double[] values() {
      program.forward();
      return y.value().dup().data().asDouble();
    }
  }

  @ParameterizedTest
  @EnumSource(Made.Order.class)
  void anOutputDependsOnWhatStandsBeforeItsInputAndOnTheContext(Made.Order order) {
    Net net = new Net(order, DataType.DOUBLE);
    double[] before = net.values();
    for (int d = 0; d < INPUTS; d++) {
      double kept = net.x.value().getDouble(0, d);
      net.x.value().putScalar(0, d, kept + 0.5);
      double[] after = net.values();
      net.x.value().putScalar(0, d, kept);
      for (int i = 0; i < before.length; i++) {
        int output = i % INPUTS;
        boolean later = order == Made.Order.FORWARD ? output > d : output < d;
        assertThat(after[i] != before[i]).isEqualTo(i < INPUTS && later);
      }
    }
    net.context.value().addi(0.5);
    double[] after = net.values();
    for (int i = 0; i < before.length; i++) {
      assertThat(after[i]).isNotEqualTo(before[i]);
    }
  }

  /** So neither a step nor an average moves it, and a prior of the weights cannot be felt. */
  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"DOUBLE", "FLOAT"})
  void whatIsMaskedHasNoEffectAndNoGradient(DataType type) {
    Net net = new Net(Made.Order.BACKWARD, type);
    double[] values = net.values();
    Arrays.fill(net.squares.gradient(), 1);
    net.y.gradient().assign(0);
    net.program.backward();
    int masked = 0;
    for (ParameterLayout.Block block : net.layout.blocks()) {
      for (int i = 0; i < block.length(); i++) {
        if (net.gradient.getDouble(block.offset() + i) == 0) {
          assertThat(block.rows()).as(block.name()).isGreaterThan(1);
          net.parameters.putScalar(block.offset() + i, 100);
          masked++;
        }
      }
    }
    // Of 4 x 9, 9 x 6 and 6 x 4 weights, by degrees 0 0 0 1 1 2 2 3 3 and 0 0 1 2 2 3.
    assertThat(masked).isEqualTo(24 + 20 + 8);
    assertThat(net.values()).isEqualTo(values);
  }

  @Test
  void theSameWidthsHaveTheSameMasks() {
    Net one = new Net(Made.Order.FORWARD, DataType.DOUBLE);
    Net other = new Net(Made.Order.FORWARD, DataType.DOUBLE);
    assertThat(one.values()).isEqualTo(other.values());
  }
}
