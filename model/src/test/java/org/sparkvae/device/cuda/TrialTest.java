package org.sparkvae.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.sparkvae.device.Device;
import org.sparkvae.device.DeviceException;
import org.sparkvae.device.Products;
import org.sparkvae.device.SimulatedDevice;

class TrialTest {
  private final SimulatedDevice device = new SimulatedDevice(1 << 16);

  /** Products whose last value is off by so much. */
  private record OnHost(Device device, float error) implements Products {
    @Override
    public void multiply(
        int m,
        int n,
        int k,
        long a,
        boolean transposeA,
        long b,
        boolean transposeB,
        float beta,
        long c) {
      ByteBuffer left = read(a, m * k);
      ByteBuffer right = read(b, k * n);
      ByteBuffer product = buffer(m * n);
      for (int i = 0; i < m * n; i++) {
        float sum = i == m * n - 1 ? error : 0;
        for (int s = 0; s < k; s++) {
          int atLeft = transposeA ? s * m + i / n : i / n * k + s;
          int atRight = transposeB ? i % n * k + s : s * n + i % n;
          sum += left.getFloat(Float.BYTES * atLeft) * right.getFloat(Float.BYTES * atRight);
        }
        product.putFloat(Float.BYTES * i, sum);
      }
      device.copyIn(product, c);
    }

    private ByteBuffer read(long from, int values) {
      ByteBuffer read = buffer(values);
      device.copyOut(from, read);
      return read;
    }

    private static ByteBuffer buffer(int values) {
      return ByteBuffer.allocateDirect(Float.BYTES * values).order(ByteOrder.nativeOrder());
    }

    @Override
    public String describe() {
      return "a library";
    }
  }

  @Test
  void takesALibraryThatMultipliesRightly() {
    Trial.run(new OnHost(device, 0), device);
    assertThat(device.used()).isZero();
  }

  @Test
  void refusesOneThatDoesNot() {
    assertThatThrownBy(() -> Trial.run(new OnHost(device, 1), device))
        .isInstanceOf(DeviceException.class)
        .hasMessage("a library does not multiply rightly");
    assertThat(device.used()).isZero();
  }
}
