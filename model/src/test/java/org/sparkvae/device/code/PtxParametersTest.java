package org.sparkvae.device.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whose compilers take a kernel, by the bytes of its parameters. */
class PtxParametersTest {
  private static final String OF_ALL_CARDS = ".version 6.0\n.target sm_50\n";
  private static final String OF_LATER_CARDS = ".version 8.1\n.target sm_70\n";

  private static String of(int arrays, int numbers) {
    KernelBuilder kernel = new KernelBuilder("tried", 32);
    for (int i = 0; i < numbers; i++) {
      kernel.argument(Type.S32);
    }
    for (int i = 0; i < arrays; i++) {
      kernel.array(Type.F32);
    }
    return Ptx.of(kernel.build());
  }

  @Test
  void fewParametersAreForAllCards() {
    assertThat(of(544, 0)).startsWith(OF_ALL_CARDS);
    assertThat(of(543, 2)).startsWith(OF_ALL_CARDS);
  }

  @Test
  void moreThanTheFirstCardsTakeAreForLaterOnes() {
    assertThat(of(545, 0)).startsWith(OF_LATER_CARDS);
    assertThat(of(544, 1)).startsWith(OF_LATER_CARDS);
    // One number is followed by a gap, as an address lies at a multiple of 8.
    assertThat(of(543, 3)).startsWith(OF_LATER_CARDS);
  }
}
