package org.sparkvae.device.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PtxDigitsTest {
  private final Locale before = Locale.getDefault();

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  @Test
  void assemblersAreGivenTheSameDigitsInEveryLocale() {
    KernelBuilder builder = new KernelBuilder("tried", 32);
    GlobalArray array = builder.array(Type.F32);
    SharedArray shared = builder.shared(Type.F32, 12);
    builder.repeat(
        builder.number(0),
        builder.number(12),
        builder.number(1),
        i -> builder.when(i.isLess(7), () -> shared.store(i, array.load(i).times(0.25))));
    Kernel kernel = builder.build();
    Locale.setDefault(Locale.US);
    String text = Ptx.of(kernel);
    Locale.setDefault(Locale.forLanguageTag("fa-IR"));

    assertThat(Ptx.of(kernel)).isEqualTo(text);
    assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(text)).isTrue();
  }
}
