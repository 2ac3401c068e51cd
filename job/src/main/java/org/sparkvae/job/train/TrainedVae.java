package org.sparkvae.job.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.sparkvae.job.checkpoint.CheckpointStore;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.checkpoint.TrainingState;
import org.sparkvae.job.settings.TrainingSettings;

/**
 * The outcome of training.
 *
 * @param network with the final parameters
 * @param epoch after which it had them: the last, or the best where training looks for it
 * @param history of all epochs
 */
public record TrainedVae(MultiLayerNetwork network, int epoch, List<EpochRecord> history) {
  /** That of the epoch after which it had its parameters. */
  public EpochRecord record() {
    return history.get(epoch - 1);
  }

  /**
   * The outcome of a training that has ended, from its checkpoints.
   *
   * @throws java.io.UncheckedIOException where they are missing or not whole
   */
  public static TrainedVae restore(CheckpointStore checkpoints, TrainingSettings settings) {
    CheckpointStore.Restored last =
        checkpoints
            .latest()
            .orElseThrow(
                () -> new UncheckedIOException(new IOException("no whole checkpoint is left")));
    return of(last.network(), last.state(), checkpoints, settings);
  }

  /** The outcome where training has just ended with a network. */
  static TrainedVae of(
      MultiLayerNetwork last,
      TrainingState state,
      CheckpointStore checkpoints,
      TrainingSettings settings) {
    return state
        .bestEpoch(settings.validation().patience())
        .map(best -> new TrainedVae(checkpoints.at(best).network(), best, state.history()))
        .orElseGet(() -> new TrainedVae(last, state.epoch(), state.history()));
  }
}
