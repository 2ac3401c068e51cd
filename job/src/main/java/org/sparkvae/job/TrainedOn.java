package org.sparkvae.job;

import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.checkpoint.RunStart;
import org.sparkvae.job.data.DataSets;
import org.sparkvae.job.data.RunImages;
import org.sparkvae.job.data.faults.BadImages;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.source.SourceRole;

/**
 * What a run that goes on was trained on up to its last checkpoint.
 *
 * @param run its directory
 * @param images how many, without those held out; the objective is theirs, and stays so
 * @param digests of the images of its sources; fewer in a run of a version that did not keep them
 */
record TrainedOn(Path run, long images, Map<SourceRole, String> digests) {
  private static final String BRING_BACK =
      ": bring back the images that it had, or begin another run with its model by training.start-from";

  /**
   * As the last whole checkpoint tells it; nothing where there is none to go on from.
   *
   * @param begun what the run's images were like, where it is known
   */
  static Optional<TrainedOn> of(RunStart start, RunDirectory directory, Optional<RunImages> begun) {
    return start.way() == RunStart.Way.FROM_THE_START
        ? Optional.empty()
        : directory
            // Whatever takes it up warns of those that are not whole.
            .checkpoints(1, warning -> {})
            .latest()
            .map(last -> VaeNetwork.objective(last.network()).trainingImages())
            .map(
                images ->
                    new TrainedOn(
                        directory.path(), images, begun.map(RunImages::digests).orElse(Map.of())));
  }

  /**
   * Refuses other images than before, or the same in another order, which hold out others.
   *
   * @param data the images to go on with, those of training among them
   * @throws DataException where there are more or fewer of training, or any differ
   */
  void check(DataSets data) {
    long now = data.train().orElseThrow().images();
    if (now != images) {
      BadImages bad = data.leftOut().sources().getOrDefault(SourceRole.TRAINING, BadImages.NONE);
      throw new DataException(
          "%s holds %d images to train on%s, but the run in %s was trained on %d%s"
              .formatted(SourceRole.TRAINING.block(), now, bad.aside(), run, images, BRING_BACK));
    }
    data.images().orElseThrow().digests().forEach(this::check);
  }

  private void check(SourceRole role, String digest) {
    if (!digests.getOrDefault(role, digest).equals(digest)) {
      throw new DataException(
          "%s does not hold the images, in their order, that the run in %s began with%s"
              .formatted(role.block(), run, BRING_BACK));
    }
  }
}
