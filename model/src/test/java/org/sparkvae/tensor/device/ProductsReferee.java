package org.sparkvae.tensor.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.tensor.kernels.Kernels;

/** Sets matrices of a device beside those of the host. */
final class ProductsReferee {
  private final DeviceKernels device;
  private final Random random = new Random(3);

  ProductsReferee(DeviceKernels device) {
    this.device = device;
  }

  /** The eight forms of products of some shapes m, n, k: what {@link #assertAlike} takes. */
  static Stream<Arguments> forms(int[][] shapes) {
    List<Arguments> all = new ArrayList<>();
    for (int[] shape : shapes) {
      for (int form = 0; form < 8; form++) {
        boolean transposeA = (form & 1) != 0;
        boolean transposeB = (form & 2) != 0;
        all.add(Arguments.of(shape[0], shape[1], shape[2], transposeA, transposeB, form >> 2));
      }
    }
    return all.stream();
  }

  void assertAlike(int m, int n, int k, boolean transposeA, boolean transposeB, int beta) {
    assertAlike(m, n, k, transposeA, transposeB, beta, factor -> {});
  }

  /**
   * The same of a device that changes factors.
   *
   * @param change makes a factor what the device takes it for
   */
  void assertAlike(
      int m,
      int n,
      int k,
      boolean transposeA,
      boolean transposeB,
      int beta,
      Consumer<INDArray> change) {
    INDArray a = transposeA ? matrix(k, m) : matrix(m, k);
    INDArray b = transposeB ? matrix(n, k) : matrix(k, n);
    INDArray onDevice = matrix(m, n);
    INDArray onHost = onDevice.dup('c');
    device.multiply(a, transposeA, b, transposeB, beta, onDevice);
    change.accept(a);
    change.accept(b);
    Kernels.onHost(a).multiply(a, transposeA, b, transposeB, beta, onHost);
    assertClose(onDevice, onHost, k);
  }

  /** Multiplies matrices on the device. */
  void multiply(int m, int n, int k) {
    device.multiply(matrix(m, k), false, matrix(k, n), false, 0, matrix(m, n));
  }

  INDArray matrix(int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Nd4j.createFromArray(values).reshape('c', rows, columns);
  }

  /**
   * Asserts that what the device holds is what the host has.
   *
   * @param terms of a sum that is a value
   */
  void assertClose(INDArray onDevice, INDArray onHost, int terms) {
    float[] actual = new float[(int) onDevice.length()];
    device.copyOut(onDevice, actual);
    float[] expected = onHost.reshape(onHost.length()).toFloatVector();
    assertThat(actual).containsExactly(expected, within((float) (1e-6 * (1 + terms))));
  }
}
