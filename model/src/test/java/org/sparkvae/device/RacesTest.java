package org.sparkvae.device;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.KernelBuilder;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;

/** The simulated device notices what would be garbage on a card. */
class RacesTest {
  private static final int THREADS = 4;
  private static final int VALUES = 64;

  private final SimulatedDevice device = new SimulatedDevice(1 << 12);
  private final long memory = device.allocate(VALUES * Float.BYTES);

  RacesTest() {
    device.clear(memory, VALUES * Float.BYTES);
  }

  @Test
  void threadsRaceUntilTheyMeet() {
    assertThatCode(() -> run(1, (kernel, all) -> neighbours(kernel, all, true)))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> run(1, (kernel, all) -> neighbours(kernel, all, false)))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("race");
  }

  /** Each thread writes a value and reads that of the next. */
  private static void neighbours(KernelBuilder kernel, GlobalArray all, boolean theyMeet) {
    Value thread = kernel.thread();
    all.store(thread, all.load(thread).plus(1));
    if (theyMeet) {
      kernel.barrier();
    }
    Value next = thread.plus(1).modulo(thread.number(THREADS));
    all.store(thread.plus(THREADS), all.load(next));
  }

  @Test
  void aThreadMayNotWriteWhatAnotherHasRead() {
    assertThatThrownBy(
            () ->
                run(
                    1,
                    (kernel, all) -> {
                      Value first = all.load(kernel.number(0));
                      kernel.when(
                          kernel.thread().isEqual(1), () -> all.store(kernel.number(0), first));
                    }))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("another reads");
  }

  /** A barrier is one of the threads of a block, so it does not help. */
  @Test
  void blocksRaceInALaunch() {
    assertThatThrownBy(() -> run(2, (kernel, all) -> nextBlocks(kernel, all, -1)))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("blocks race");
    assertThatThrownBy(() -> run(2, (kernel, all) -> nextBlocks(kernel, all, 1)))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("another reads");
    assertThatCode(() -> run(2, (kernel, all) -> nextBlocks(kernel, all, 8)))
        .doesNotThrowAnyException();
  }

  /** One thread of each block reads a value some places after its own, and writes its own. */
  private static void nextBlocks(KernelBuilder kernel, GlobalArray all, int after) {
    Value own = kernel.block().plus(2);
    Value read = kernel.variable(kernel.number(Type.F32, 0));
    kernel.when(kernel.thread().isEqual(0), () -> kernel.set(read, all.load(own.plus(after))));
    kernel.barrier();
    kernel.when(kernel.thread().isEqual(0), () -> all.store(own, read));
  }

  @Test
  void launchesFollowOneAnother() {
    assertThatCode(
            () -> {
              for (int launch = 0; launch < 2; launch++) {
                run(1, (kernel, all) -> nextBlocks(kernel, all, 1));
                run(1, (kernel, all) -> nextBlocks(kernel, all, -1));
              }
            })
        .doesNotThrowAnyException();
  }

  private void run(int blocks, BiConsumer<KernelBuilder, GlobalArray> body) {
    KernelBuilder kernel = new KernelBuilder("tried", THREADS);
    body.accept(kernel, kernel.array(Type.F32));
    device.launch(device.load(kernel.build()), new Device.Grid(blocks, 1, 1), memory);
  }
}
