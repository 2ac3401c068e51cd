package org.sparkvae.job.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.job.checkpoint.CheckpointStore;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.fixtures.Tiny;
import org.sparkvae.job.fixtures.TinyTraining;
import org.sparkvae.job.fixtures.TwoSlots;
import org.sparkvae.network.Shape;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Ppca;

@ExtendWith(TwoSlots.class)
class FitterTest {
  private static final ImageModel MODEL =
      new ImageModel(Shape.vector(Tiny.PIXELS), new Ppca(2, 1e-6));

  @TempDir private Path folder;
  private final List<RunDirectory> open = new ArrayList<>();
  private final List<EpochRecord> heard = new ArrayList<>();
  private boolean dies;

  private final FitListener listener =
      new FitListener() {
        @Override
        public void fitted(String course) {
          assertThat(course).isEqualTo("in closed form");
        }

        @Override
        public void epoch(EpochRecord record, int epochs) {
          heard.add(record);
          assertThat(epochs).isEqualTo(1);
          if (dies) {
            throw new IllegalStateException("killed");
          }
        }
      };

  private CheckpointStore store(String name) {
    RunDirectory directory =
        RunDirectory.open(folder.resolve(name).toUri().toString(), new Configuration(), "test");
    open.add(directory);
    return directory.checkpoints(2, warning -> {});
  }

  @AfterEach
  void close() throws IOException {
    for (RunDirectory directory : open) {
      directory.close();
    }
  }

  private TrainedVae fit(CheckpointStore into, ImageSet images, Optional<ImageSet> validation) {
    Fitter fitter =
        new Fitter(
            TwoSlots.context(),
            TinyTraining.epochs(9).validation(1, 1, 0).settings(),
            new Binariser.Intensity(),
            Tiny.SEED,
            into,
            listener);
    return fitter.fit(MODEL, MODEL.model().fit().orElseThrow(), images, validation);
  }

  private float[] parameters(String name, int... shards) {
    return parameters(fit(store(name), Tiny.images(shards), Optional.empty()));
  }

  private static float[] parameters(TrainedVae trained) {
    return VaeNetwork.parameters(trained.network()).toFloatVector();
  }

  @Test
  void aFitThatHasACheckpointIsDone() {
    CheckpointStore store = store("killed");
    dies = true;
    assertThatThrownBy(() -> fit(store, Tiny.images(11, 10), Optional.empty()))
        .hasMessage("killed");
    dies = false;

    TrainedVae goneOn = fit(store, Tiny.images(11, 10), Optional.empty());

    assertThat(heard).hasSize(1);
    assertThat(goneOn.epoch()).isEqualTo(1);
    assertThat(goneOn.history()).isEqualTo(heard);
    assertThat(parameters(goneOn)).isEqualTo(parameters("at-once", 11, 10));
  }

  @Test
  void neitherTheShardsNorAnEmptyOneMatter() {
    float[] expected = parameters("two", 11, 10);
    assertThat(parameters("one", 21)).isEqualTo(expected);
    assertThat(parameters("many", 5, 0, 6, 1, 9)).isEqualTo(expected);
  }

  /** The images validated with are those learnt from, so that both bounds are. */
  @Test
  void theEpochTellsTheBoundOfTrainingAndOfValidation() {
    ImageSet images = Tiny.images(30, 30);
    fit(store("validated"), images, Optional.of(images));

    EpochRecord epoch = heard.get(0);
    assertThat(epoch.measure("reconstruction") - epoch.measure("kl"))
        .isCloseTo(epoch.bound(), within(1e-9));
    assertThat(epoch.weightedObjective()).isEqualTo(epoch.bound());
    assertThat(epoch.measure("objective")).isCloseTo(60 * epoch.bound(), within(1e-9));
    // A sample of each posterior.
    assertThat(epoch.validationBound()).isCloseTo(epoch.bound(), within(1.0));
    assertThat(epoch.work().images()).isEqualTo(60);
  }
}
