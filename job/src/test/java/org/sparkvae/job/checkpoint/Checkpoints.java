package org.sparkvae.job.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.bound.Elbo;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.job.fixtures.Epochs;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.optimiser.Adam;
import org.sparkvae.optimiser.Optimiser;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.ObjectiveSpec;
import org.sparkvae.vae.Vae;

/** Small networks and states to store. */
final class Checkpoints {
  private Checkpoints() {}

  /** A network whose numbers tell the epoch. */
  static MultiLayerNetwork network(int epoch, Optimiser optimiser) {
    Mlp body = new Mlp(List.of(5), Activation.TANH);
    MultiLayerNetwork network =
        VaeNetwork.create(
            new ImageModel(Shape.vector(6), new Vae(2, body, body, new Bernoulli())),
            new ObjectiveSpec(new Elbo(1, Elbo.Kl.ANALYTIC), 100, 0),
            optimiser,
            0.001,
            7);
    fill(VaeNetwork.parameters(network), epoch);
    if (VaeNetwork.optimiserState(network) != null) {
      fill(VaeNetwork.optimiserState(network), -epoch / 3.0);
    }
    network.setIterationCount(epoch * 600);
    return network;
  }

  static MultiLayerNetwork network(int epoch) {
    return network(epoch, new Adam(0.9, 0.999, 1e-4));
  }

  private static void fill(org.nd4j.linalg.api.ndarray.INDArray array, double from) {
    array.assign(Nd4j.linspace(DataType.FLOAT, from, 1 / 7.0, array.length()));
  }

  static TrainingState state(int epoch, int bestEpoch) {
    return new TrainingState(
        epoch,
        epoch * 600L,
        Long.MIN_VALUE + 1,
        IntStream.rangeClosed(1, epoch).mapToObj(Checkpoints::record).toList(),
        bestEpoch,
        -1 / 3.0,
        epoch - bestEpoch);
  }

  static EpochRecord record(int epoch) {
    return new EpochRecord(
        epoch,
        Epochs.measures(-100 / 7.0, -100 / 9.0, Math.nextUp(-1e9), Double.MIN_VALUE, 0.1 + 0.2),
        1,
        1e-3,
        epoch % 2 == 0 ? Double.NaN : -90.5,
        new EpochWork(60_000L, 1L << 40, 30),
        new EpochTimes(2.5, 0.1, 2, 0.4));
  }

  static void assertSame(CheckpointStore.Restored actual, MultiLayerNetwork network) {
    MultiLayerNetwork restored = actual.network();
    assertThat(restored.params().toFloatVector()).containsExactly(network.params().toFloatVector());
    if (VaeNetwork.optimiserState(network) == null) {
      assertThat(VaeNetwork.optimiserState(restored)).isNull();
    } else {
      assertThat(VaeNetwork.optimiserState(restored).toFloatVector())
          .containsExactly(VaeNetwork.optimiserState(network).toFloatVector());
    }
    assertThat(restored.getLayerWiseConfigurations().toJson())
        .isEqualTo(network.getLayerWiseConfigurations().toJson());
  }
}
