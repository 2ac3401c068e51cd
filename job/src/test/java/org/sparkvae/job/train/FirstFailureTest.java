package org.sparkvae.job.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.fixtures.Tiny;
import org.sparkvae.job.fixtures.TinyTraining;
import org.sparkvae.job.fixtures.TwoSlots;

/** What fails first is what is told, also where nothing can be let go of any more. */
@ExtendWith(TwoSlots.class)
class FirstFailureTest {
  @TempDir private Path folder;

  /** Spark stops at the end of an epoch on shards that are the run's own to let go of. */
  private static final TrainingListener STOPPING =
      new TrainingListener() {
        @Override
        public void round(int epoch, int epochs, int round, int rounds) {}

        @Override
        public void epoch(EpochRecord record, int epochs) {
          if (record.epoch() == 2) {
            TwoSlots.context().stop();
            throw new IllegalStateException("the first failure");
          }
        }
      };

  @Test
  void isToldWhereSparkWasStopped() throws Exception {
    ImageSet first = Tiny.images(5, 5);
    ImageSet second = Tiny.images(5, 5);
    TrainingImages images =
        new TrainingImages(
            generation -> generation == 0 ? first : second, 1, Optional.of(first), Tiny::meanImage);
    try (RunDirectory directory =
        RunDirectory.open(folder.toUri().toString(), new Configuration(), "test")) {
      Trainer trainer =
          new Trainer(
              TwoSlots.context(),
              TinyTraining.epochs(3).validation(1, 1, 0).settings(),
              Tiny.BINARISER,
              Tiny.SEED,
              directory.checkpoints(2, warning -> {}),
              STOPPING);
      assertThatThrownBy(() -> trainer.train(Tiny.MODEL, images))
          .hasMessage("the first failure")
          .satisfies(failure -> assertThat(failure.getSuppressed()).isNotEmpty());
    }
  }
}
