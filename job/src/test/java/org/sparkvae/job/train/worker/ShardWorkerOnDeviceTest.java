package org.sparkvae.job.train.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparkvae.device.SimulatedDevice;
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
    Weights onDevice = rounds(new DeviceKernels(device), start);
    assertThat(device.launches()).isPositive();
    assertThat(onHost.parameters()).isNotEqualTo(start.parameters());
    assertThat(onDevice.parameters()).containsExactly(onHost.parameters(), within(2e-5f));
    assertThat(onDevice.state()).containsExactly(onHost.state(), within(1e-3f));
  }

  private static Weights rounds(Kernels kernels, Weights start) {
    Backend.use(kernels);
    ShardWorker worker = new ShardWorker(SPEC);
    ShardImages images = ShardImages.of(Tiny.blocks(0, 12).iterator());
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
