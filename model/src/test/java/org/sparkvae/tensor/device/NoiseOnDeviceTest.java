package org.sparkvae.tensor.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.device.DeviceMemoryException;
import org.sparkvae.device.SimulatedDevice;
import org.sparkvae.noise.Noise;
import org.sparkvae.step.ImageBuffer;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Start;
import org.sparkvae.tensor.kernels.Backend;
import org.sparkvae.tensor.kernels.DeviceInputs;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.tensor.kernels.NoiseRows;
import org.sparkvae.tensor.kernels.PixelRows;

/** Noise that a device draws, against that of the host, to the bit. */
class NoiseOnDeviceTest {
  private static final int IMAGES = 3;
  private static final int SAMPLES = 5;

  private final SimulatedDevice device = new SimulatedDevice(1 << 24);
  private final DeviceKernels kernels = new DeviceKernels(device);
  private final DeviceInputs inputs = kernels.inputs().orElseThrow();

  @AfterEach
  void unbind() {
    Backend.use((Kernels) null);
  }

  /** Images of different keys, first samples and numbers of samples. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16, 17, 31, 32, 33, 50, 100})
  void rowsHaveTheBitsOfTheHost(int columns) {
    long[] keys = new long[IMAGES];
    Arrays.setAll(keys, i -> Noise.key(5, Noise.Purpose.TRAINING, 2, i));
    long[] first = {0, 7, (1L << 32) - SAMPLES};
    int[] counts = {SAMPLES, 2, SAMPLES};
    NoiseRows rows = new NoiseRows(keys, first, counts);
    INDArray to = Nd4j.create(DataType.FLOAT, SAMPLES * IMAGES, columns);
    float[] actual = new float[SAMPLES * IMAGES * columns];

    inputs.normal(rows, to);
    kernels.copyOut(to, actual);
    float[] expected = new float[actual.length];
    for (int i = 0; i < IMAGES; i++) {
      Noise.normal(keys[i], first[i], counts[i], expected, i * columns, IMAGES * columns, columns);
    }
    assertThat(actual).containsExactly(expected);

    inputs.uniform(rows, to);
    kernels.copyOut(to, actual);
    Arrays.fill(expected, 0);
    for (int i = 0; i < IMAGES; i++) {
      for (int s = 0; s < counts[i]; s++) {
        int at = (s * IMAGES + i) * columns;
        Noise.uniform(keys[i], first[i] + s, expected, at, columns);
      }
    }
    assertThat(actual).containsExactly(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 31, 784})
  void imagesHaveTheBitsOfTheHost(int values) {
    byte[] pixels = new byte[IMAGES * values];
    new Random(4).nextBytes(pixels);
    pixels[0] = 0;
    pixels[pixels.length - 1] = (byte) 255;
    INDArray to = Nd4j.create(DataType.FLOAT, IMAGES, values);
    for (boolean coins : new boolean[] {true, false}) {
      kernels.copyIn(sent(coins, pixels, Kernels.onHost(to)), to);
      float[] expected = new float[pixels.length];
      kernels.copyOut(to, expected);
      float[] actual = sent(coins, pixels, kernels);
      assertThat(actual).containsExactly(expected);
    }
  }

  /** Images as a buffer sends them to a matrix. */
  private static float[] sent(boolean coins, byte[] pixels, Kernels kernels) {
    int values = pixels.length / IMAGES;
    Backend.use(kernels);
    Recorder recorder = new Recorder(IMAGES, 1);
    Matrix x = recorder.constant(IMAGES, values);
    Matrix copy = recorder.columns(x, 0, values);
    INDArray none = Nd4j.create(DataType.FLOAT, 1);
    recorder.vector("unused", 1, new Start.Constant(0));
    Program program = new Program(recorder, recorder.layout(), none, null, List.of(copy));
    ImageBuffer buffer = new ImageBuffer(kernels, IMAGES, values);
    for (int i = 0; i < IMAGES; i++) {
      if (coins) {
        buffer.coins(i, Noise.key(5, Noise.Purpose.BINARISATION, 2, i), pixels, i * values);
      } else {
        buffer.shares(i, pixels, i * values);
      }
    }
    buffer.send(x);
    program.forward();
    float[] out = new float[pixels.length];
    kernels.copyOut(copy.value(), out);
    Backend.use((Kernels) null);
    return out;
  }

  /** What is kept is read where it was copied to: a change, which nobody may make, tells. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keptImagesAreNotSent(boolean coins) {
    byte[] kept = pixels(31);
    byte[] sent = pixels(31);
    float[] expected = sent(coins, kept.clone(), kernels);
    long before = device.used();
    inputs.keep(kept);
    inputs.keep(kept);
    assertThat(device.used() - before).isEqualTo(kept.length);
    assertThat(sent(coins, kept, kernels)).containsExactly(expected);
    Arrays.fill(kept, (byte) 0);
    assertThat(sent(coins, kept, kernels)).containsExactly(expected);
    Arrays.fill(sent, (byte) 0);
    assertThat(sent(coins, sent, kernels)).containsOnly(0);
  }

  /** Some images of a minibatch are kept, at any place of their array, and others are not. */
  @Test
  void someMayBeKept() {
    byte[] first = pixels(16);
    byte[] second = pixels(16);
    PixelRows images = new PixelRows(new byte[][] {first, second, first}, new int[] {16, 3, 1}, 16);
    long[] keys = {5, 6, 7};
    INDArray none = Nd4j.create(DataType.FLOAT, 3, 16);
    inputs.coins(images, keys, none);
    inputs.keep(first);
    INDArray some = Nd4j.create(DataType.FLOAT, 3, 16);
    inputs.coins(images, keys, some);
    float[] expected = new float[48];
    for (int i = 0; i < 3; i++) {
      Noise.bernoulli(keys[i], images.arrays()[i], images.from()[i], expected, 16 * i, 16);
    }
    kernels.settle();
    assertThat(none.data().asFloat()).containsExactly(expected);
    assertThat(some.data().asFloat()).containsExactly(expected);
  }

  @Test
  void noneIsKeptWhereThatWouldTakeMostOfTheMemory() {
    SimulatedDevice small = new SimulatedDevice(1000);
    DeviceInputs few = new DeviceKernels(small).inputs().orElseThrow();
    few.keep(new byte[501]);
    assertThat(small.used()).isZero();
    few.keep(new byte[499]);
    assertThat(small.used()).isEqualTo(499);
  }

  /** Whatever their number: what is computed comes later, and needs memory as well. */
  @Test
  void noMoreAreKeptTogetherThanAsOneArray() {
    SimulatedDevice small = new SimulatedDevice(1000);
    DeviceInputs few = new DeviceKernels(small).inputs().orElseThrow();
    List<byte[]> blocks = Stream.generate(() -> new byte[100]).limit(10).toList();
    blocks.forEach(few::keep);
    blocks.forEach(few::keep);
    assertThat(small.used()).isEqualTo(400);
  }

  /** They are sent from then on, and none is kept again. */
  @Test
  void keptImagesAreGivenUpWhereTheRestNeedsTheirMemory() {
    SimulatedDevice small = new SimulatedDevice(1000);
    DeviceKernels kernels = new DeviceKernels(small);
    DeviceInputs few = kernels.inputs().orElseThrow();
    byte[] block = new byte[300];
    Arrays.fill(block, (byte) 255);
    few.keep(block);
    PixelRows images = new PixelRows(new byte[][] {block}, new int[] {3}, 16);
    INDArray first = Nd4j.create(DataType.FLOAT, 1, 16);
    few.shares(images, first);
    assertThat(small.used()).isEqualTo(300 + 64);
    INDArray large = Nd4j.create(DataType.FLOAT, 200);
    float[] values = new float[200];
    Arrays.fill(values, 7);
    kernels.copyIn(values, large);
    assertThat(small.used()).isEqualTo(64 + 800);
    few.keep(block);
    few.shares(images, first);
    assertThat(small.used()).isEqualTo(64 + 800);
    float[] drawn = new float[16];
    kernels.copyOut(first, drawn);
    assertThat(drawn).containsOnly(1);
    INDArray larger = Nd4j.create(DataType.FLOAT, 300);
    assertThatThrownBy(() -> kernels.copyIn(new float[300], larger))
        .isInstanceOf(DeviceMemoryException.class);
    float[] kept = new float[200];
    kernels.copyOut(large, kept);
    assertThat(kept).containsOnly(7);
  }

  /** Then it is as if none were asked to be kept: smaller pieces of the host's memory do. */
  @Test
  void noneIsKeptThatTheHostHasNoMemoryToSendFrom() {
    SimulatedDevice device = new SimulatedDevice(1 << 28, 16 << 20);
    DeviceKernels kernels = new DeviceKernels(device);
    byte[] block = new byte[20 << 20];
    Arrays.fill(block, (byte) 255);
    kernels.inputs().orElseThrow().keep(block);
    assertThat(device.used()).isZero();
    INDArray to = Nd4j.create(DataType.FLOAT, 1, 16);
    PixelRows images = new PixelRows(new byte[][] {block}, new int[] {3}, 16);
    kernels.inputs().orElseThrow().coins(images, new long[] {5}, to);
    float[] drawn = new float[16];
    kernels.copyOut(to, drawn);
    assertThat(drawn).containsOnly(1);
  }

  private static byte[] pixels(int values) {
    byte[] pixels = new byte[IMAGES * values];
    new Random(4).nextBytes(pixels);
    return pixels;
  }
}
