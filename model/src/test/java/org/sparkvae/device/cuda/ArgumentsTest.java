package org.sparkvae.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
  private final Arguments arguments = new Arguments();

  /** The backward kernel of ten planar maps has 99. */
  @ParameterizedTest
  @ValueSource(ints = {1, 64, 65, 99, 1000})
  void holdsAsManyAsAKernelHas(int count) {
    Object[] given = new Object[count];
    for (int i = 0; i < count; i++) {
      given[i] = 3_000_000_000L + i;
    }

    Pointer all = arguments.of(given);

    for (int i = 0; i < count; i++) {
      assertThat(all.getPointer(8L * i).getLong(0)).isEqualTo(3_000_000_000L + i);
    }
  }

  @Test
  void holdsValuesOfEachType() {
    Pointer all = arguments.of(7L, -3, 0.5f, 0.25);

    assertThat(all.getPointer(0).getLong(0)).isEqualTo(7);
    assertThat(all.getPointer(8).getInt(0)).isEqualTo(-3);
    assertThat(all.getPointer(16).getFloat(0)).isEqualTo(0.5f);
    assertThat(all.getPointer(24).getDouble(0)).isEqualTo(0.25);
  }
}
