package org.sparkvae.tensor.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.device.SimulatedDevice;
import org.sparkvae.host.FloatSource;
import org.sparkvae.host.WeightedMean;
import org.sparkvae.tensor.kernels.FlatVector;
import org.sparkvae.tensor.kernels.VectorMeans;

/** Means of vectors on a simulated device have the bits of those in host memory. */
class MeansOnDeviceTest {
  private static final int LENGTH = 700;

  private final SimulatedDevice card = new SimulatedDevice(1 << 24);
  private final DeviceKernels kernels = new DeviceKernels(card);
  private final VectorMeans means = kernels.vectorMeans().orElseThrow();
  private final Random random = new Random(3);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void haveTheBitsOfTheHost(int count) {
    List<float[]> vectors = vectors(count);
    double[] weights = random.doubles(count, 1, 70_000).map(Math::rint).toArray();
    INDArray mean = Nd4j.create(DataType.FLOAT, LENGTH);
    int before = card.launches();
    means.mean(arrays(vectors), weights, mean);
    assertThat(card.launches() - before).isEqualTo(1);
    assertThat(bits(copy(mean))).isEqualTo(bits(onHost(vectors, weights)));
  }

  /** A part of a vector is set, and no other place. */
  @Test
  void ofPartsAreThoseParts() {
    List<float[]> vectors = vectors(2);
    double[] weights = {300, 500};
    INDArray mean = Nd4j.valueArrayOf(new long[] {LENGTH}, 9.0, DataType.FLOAT);
    List<INDArray> parts =
        arrays(vectors).stream().map(vector -> FlatVector.part(vector, 100, 250)).toList();
    means.mean(parts, weights, FlatVector.part(mean, 100, 250));
    float[] expected = onHost(vectors, weights);
    float[] actual = copy(mean);
    for (int i = 0; i < LENGTH; i++) {
      assertThat(actual[i]).isEqualTo(i < 100 || i >= 250 ? 9 : expected[i]);
    }
  }

  /** From a part to another place, of the same device and of another one. */
  @Test
  void copiesAreOfTheSameBits() {
    DeviceKernels others = new DeviceKernels(new SimulatedDevice(1 << 24));
    INDArray source = arrays(vectors(1)).get(0);
    for (DeviceKernels from : List.of(kernels, others)) {
      from.share(source);
      INDArray target = Nd4j.valueArrayOf(new long[] {LENGTH}, 9.0, DataType.FLOAT);
      means.copy(
          from.vectorMeans().orElseThrow(),
          FlatVector.part(source, 0, 600),
          FlatVector.part(target, 100, LENGTH));
      float[] actual = copy(target);
      assertThat(bits(Arrays.copyOfRange(actual, 100, LENGTH)))
          .isEqualTo(bits(Arrays.copyOf(source.toFloatVector(), 600)));
      assertThat(Arrays.copyOf(actual, 100)).containsOnly(9);
    }
  }

  /** What is not finite stays so, and is found by the sum of squares. */
  @Test
  void tellWhatIsNotFinite() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      List<float[]> vectors = vectors(2);
      INDArray mean = Nd4j.create(DataType.FLOAT, LENGTH);
      means.mean(arrays(vectors), new double[] {1, 2}, mean);
      assertThat(kernels.sumOfSquares(mean)).isFinite();
      vectors.get(1)[LENGTH - 1] = bad;
      means.mean(arrays(vectors), new double[] {1, 2}, mean);
      assertThat(kernels.sumOfSquares(mean)).isNotFinite();
    }
  }

  /** Values of every size, and zeros of either sign. */
  private List<float[]> vectors(int count) {
    List<float[]> vectors = new ArrayList<>();
    for (int v = 0; v < count; v++) {
      float[] values = new float[LENGTH];
      for (int i = 0; i < LENGTH; i++) {
        values[i] = (float) (random.nextGaussian() * Math.exp(5 * random.nextGaussian()));
      }
      values[0] = -0f;
      values[1] = v % 2 == 0 ? 0f : -0f;
      values[2] = Float.MAX_VALUE;
      values[3] = Float.MIN_VALUE;
      vectors.add(values);
    }
    return vectors;
  }

  private static List<INDArray> arrays(List<float[]> vectors) {
    return vectors.stream().map(Nd4j::createFromArray).toList();
  }

  private static float[] onHost(List<float[]> vectors, double[] weights) {
    float[] mean = new float[LENGTH];
    FloatSource[] sources = vectors.stream().map(FloatSource::of).toArray(FloatSource[]::new);
    WeightedMean.of(sources, weights, mean, 0, LENGTH);
    return mean;
  }

  private float[] copy(INDArray array) {
    float[] values = new float[LENGTH];
    kernels.copyOut(array, values);
    return values;
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}
