package org.sparkvae.tensor.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.device.SimulatedDevice;
import org.sparkvae.tensor.kernels.Kernels;

/** Tensors that a device divides by their norms, against those of the host. */
class NormsOnDeviceTest {
  private static final double SCALE = 40;
  private static final double LEAST = 1e-3;

  private final DeviceKernels device = new DeviceKernels(new SimulatedDevice(1L << 24));
  private final Random random = new Random(5);

  private INDArray tensor(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Nd4j.createFromArray(values);
  }

  /** Of fewer values than there are parts, of parts longer than a block, and of zeros. */
  @Test
  void eachTensorIsDividedByItsOwnNorm() {
    INDArray broken = tensor(300);
    broken.putScalar(7, Float.POSITIVE_INFINITY);
    List<INDArray> onDevice =
        List.of(
            tensor(1),
            tensor(31),
            tensor(33),
            tensor(20_000),
            Nd4j.zeros(DataType.FLOAT, 50),
            broken);
    List<INDArray> onHost = onDevice.stream().map(INDArray::dup).toList();

    device.normalise(onDevice, SCALE, LEAST);

    Kernels.onHost(onHost.get(0)).normalise(onHost, SCALE, LEAST);
    for (int t = 0; t < onHost.size(); t++) {
      float[] actual = new float[(int) onHost.get(t).length()];
      device.copyOut(onDevice.get(t), actual);
      for (int i = 0; i < actual.length; i++) {
        float expected = onHost.get(t).getFloat(i);
        assertThat(actual[i])
            .as("value %d of tensor %d", i, t)
            .isCloseTo(expected, withinPercentage(1e-4));
      }
    }
  }
}
