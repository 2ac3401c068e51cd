package org.sparkvae.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.sparkvae.device.DeviceException;
import org.sparkvae.device.Products;
import org.sparkvae.device.SimulatedDevice;
import org.sparkvae.device.SimulatedProducts;

class TrialTest {
  private final SimulatedDevice device = new SimulatedDevice(1 << 16);

  /** Products of the other form of the second factor. */
  private record Wrong(Products right) implements Products {
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
      right.multiply(m, n, k, a, transposeA, b, !transposeB, beta, c);
    }

    @Override
    public String describe() {
      return "a library";
    }
  }

  @Test
  void takesALibraryThatMultipliesRightly() {
    Trial.run(new SimulatedProducts(device), device);
    assertThat(device.used()).isZero();
  }

  @Test
  void refusesOneThatDoesNot() {
    assertThatThrownBy(() -> Trial.run(new Wrong(new SimulatedProducts(device)), device))
        .isInstanceOf(DeviceException.class)
        .hasMessage("a library does not multiply rightly");
    assertThat(device.used()).isZero();
  }
}
