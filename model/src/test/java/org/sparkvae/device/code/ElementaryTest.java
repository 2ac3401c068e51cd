package org.sparkvae.device.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.sparkvae.device.Device;
import org.sparkvae.device.SimulatedDevice;
import org.sparkvae.host.VectorMath;

/** The elementary functions of a device against those of the host, to the bit. */
class ElementaryTest {
  private static final int COUNT = 1 << 12;

  @ParameterizedTest(name = "{0}")
  @ArgumentsSource(Functions.class)
  void haveTheBitsOfTheHost(
      String name, UnaryOperator<Value> onDevice, UnaryOperator<FloatVector> onHost) {
    float[] values = values();
    float[] expected = new float[COUNT];
    for (int i = 0; i < COUNT; i += VectorMath.LANES) {
      onHost.apply(FloatVector.fromArray(VectorMath.SPECIES, values, i)).intoArray(expected, i);
    }
    float[] actual = run(values, onDevice);
    for (int i = 0; i < COUNT; i++) {
      // Every NaN is one.
      assertThat(Float.floatToIntBits(actual[i]))
          .as("%s(%s)", name, values[i])
          .isEqualTo(Float.floatToIntBits(expected[i]));
    }
  }

  private static float[] run(float[] values, UnaryOperator<Value> function) {
    KernelBuilder kernel = new KernelBuilder("f", 256);
    GlobalArray from = kernel.array(Type.F32);
    GlobalArray to = kernel.array(Type.F32);
    Value place = kernel.threadOfGrid();
    to.store(place, function.apply(from.load(place)));
    Device device = new SimulatedDevice(1 << 20);
    ByteBuffer host = ByteBuffer.allocateDirect(4 * COUNT).order(ByteOrder.nativeOrder());
    host.asFloatBuffer().put(values);
    long in = device.allocate(4 * COUNT);
    long out = device.allocate(4 * COUNT);
    device.copyIn(host, in);
    device.launch(device.load(kernel.build()), Device.Grid.of(COUNT / 256), in, out);
    device.copyOut(out, host);
    float[] result = new float[COUNT];
    host.asFloatBuffer().get(result);
    return result;
  }

  /** All magnitudes, both signs, and what is no number. */
  private static float[] values() {
    Random random = new Random(3);
    float[] values = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      values[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(12) - 8));
    }
    float[] special = {0, -0f, 1, -1, 0.5f, -0.5f, 88.7f, -103.9f, Float.NaN, 1e30f, -1e30f};
    System.arraycopy(special, 0, values, 0, special.length);
    return values;
  }

  /** In a class of its own: tests are looked for in a JVM that has no vectors. */
  static final class Functions implements ArgumentsProvider {
    @Override
    public Stream<Arguments> provideArguments(ExtensionContext context) {
      return Stream.of(
          function("exp", Elementary::exp, VectorMath::exp),
          function(
              "decay",
              x -> Elementary.decay(x.magnitude().negated()),
              x -> VectorMath.decay(x.abs().neg())),
          function(
              "expm1",
              x -> Elementary.expm1(x.magnitude().negated()),
              x -> VectorMath.expm1(x.abs().neg())),
          function("tanh", Elementary::tanh, VectorMath::tanh),
          function("log", x -> Elementary.log(x.magnitude()), x -> VectorMath.log(x.abs())),
          function("log1p", Elementary::log1p, VectorMath::log1p),
          function("softplus", Elementary::softplus, VectorMath::softplus),
          function(
              "sigmoid",
              Elementary::sigmoid,
              x -> VectorMath.sigmoid(x, VectorMath.decay(x.abs().neg()))),
          function("positive", Elementary::positive, VectorMath::positive));
    }

    private static Arguments function(
        String name, UnaryOperator<Value> device, UnaryOperator<FloatVector> host) {
      return Arguments.of(name, device, host);
    }
  }
}
