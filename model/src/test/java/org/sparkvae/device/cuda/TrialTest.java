package org.sparkvae.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparkvae.device.DeviceException;
import org.sparkvae.device.Precision;
import org.sparkvae.device.Products;
import org.sparkvae.device.SimulatedDevice;
import org.sparkvae.device.SimulatedProducts;

class TrialTest {
  private final SimulatedDevice device = new SimulatedDevice(1 << 16);

  /** Products of the other form of the second factor. */
  private record Wrong(Products right) implements Products {
    @Override
    public Precision precision() {
      return right.precision();
    }

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

  @ParameterizedTest
  @EnumSource(Precision.class)
  void takesALibraryThatMultipliesRightly(Precision precision) {
    Trial.run(new SimulatedProducts(device, precision), device);
    assertThat(device.used()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void refusesOneThatDoesNot(Precision precision) {
    Products wrong = new Wrong(new SimulatedProducts(device, precision));
    assertThatThrownBy(() -> Trial.run(wrong, device))
        .isInstanceOf(DeviceException.class)
        .hasMessage("a library does not multiply rightly");
    assertThat(device.used()).isZero();
  }
}
