package org.sparkvae.job.train.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparkvae.device.SimulatedDevice;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.fixtures.Tiny;
import org.sparkvae.job.train.weights.NetworkWeights;
import org.sparkvae.job.train.weights.Weights;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.device.DeviceKernels;
import org.sparkvae.tensor.kernels.Backend;
import org.sparkvae.tensor.kernels.Kernels;

/** A shard's rounds on a simulated device beside those in host memory. */
class ShardWorkerOnDeviceTest {
  private static final WorkerSpec SPEC = Tiny.worker(Tiny.ADAM, 5, 12);

  @AfterEach
  void unbind() {
    Backend.use((Kernels) null);
  }

  /** Two rounds of three steps, of which the last is of a smaller minibatch. */
  @Test
  void comesToWhereTheHostDoes() {
    SimulatedDevice device = new SimulatedDevice(1 << 24);
    Weights start = NetworkWeights.read(Tiny.network(SPEC));
    Weights onHost = rounds(null, start);
    DeviceKernels kernels = new DeviceKernels(device);
    Weights onDevice = rounds(kernels, start);
    assertThat(device.launches()).isPositive();
    assertThat(onHost.parameters()).isNotEqualTo(start.parameters());
    assertThat(onDevice.parameters()).containsExactly(onHost.parameters(), within(2e-5f));
    assertThat(onDevice.state()).containsExactly(onHost.state(), within(1e-3f));
  }

  /** Images of blocks that the device keeps, and of one that came after. */
  @Test
  void keepsImagesOrIsSentThem() {
    Weights start = NetworkWeights.read(Tiny.network(SPEC));
    List<ImageBlock> blocks = Tiny.blocks(0, 12);
    Weights sent = rounds(new DeviceKernels(new SimulatedDevice(1 << 24)), start, blocks);
    for (int count = 1; count <= blocks.size(); count++) {
      SimulatedDevice device = new SimulatedDevice(1 << 24);
      DeviceKernels kernels = new DeviceKernels(device);
      ShardImages.of(blocks.subList(0, count).iterator()).keep(kernels);
      assertThat(device.used())
          .isEqualTo(blocks.subList(0, count).stream().mapToLong(b -> b.pixels().length).sum());
      assertThat(rounds(kernels, start, blocks).parameters()).isEqualTo(sent.parameters());
    }
  }

  private static Weights rounds(Kernels kernels, Weights start) {
    return rounds(kernels, start, Tiny.blocks(0, 12));
  }

  private static Weights rounds(Kernels kernels, Weights start, List<ImageBlock> blocks) {
    Backend.use(kernels);
    ShardWorker worker = new ShardWorker(SPEC);
    ShardImages images = ShardImages.of(blocks.iterator());
    Weights first = start.like();
    Weights second = start.like();
    worker.train(0, images, round(1, 0), start, first);
    worker.train(0, images, round(2, 3), first, second);
    return second;
  }

  private static Round round(int epoch, long stepsBefore) {
    return new Round(epoch, 1, 0, 3, stepsBefore, new StepSettings(0.02, 1));
  }
}
