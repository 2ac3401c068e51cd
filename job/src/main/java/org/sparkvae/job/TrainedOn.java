package org.sparkvae.job;

import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.checkpoint.RunStart;
import org.sparkvae.job.data.DataSets;
import org.sparkvae.job.data.faults.BadImages;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.source.SourceRole;

/**
 * What a run that goes on was trained on up to its last checkpoint.
 *
 * @param run its directory
 * @param images how many, without those held out; the objective is theirs, and stays so
 */
record TrainedOn(Path run, long images) {
  /** As the last whole checkpoint tells it; nothing where there is none to go on from. */
  static Optional<TrainedOn> of(RunStart start, RunDirectory directory) {
    return start.way() == RunStart.Way.FROM_THE_START
        ? Optional.empty()
        : directory
            // Whatever takes it up warns of those that are not whole.
            .checkpoints(1, warning -> {})
            .latest()
            .map(last -> VaeNetwork.objective(last.network()).trainingImages())
            .map(images -> new TrainedOn(directory.path(), images));
  }

  /**
   * Refuses another number of training images than before.
   *
   * @param data the images to go on with, those of training among them
   * @throws DataException where there are more or fewer
   */
  void check(DataSets data) {
    long now = data.train().orElseThrow().images();
    if (now != images) {
      BadImages bad = data.leftOut().sources().getOrDefault(SourceRole.TRAINING, BadImages.NONE);
      throw new DataException(
          "%s holds %d images to train on%s, but the run in %s was trained on %d: bring back the images that it had, or begin another run with its model by training.start-from"
              .formatted(SourceRole.TRAINING.block(), now, bad.aside(), run, images));
    }
  }
}
