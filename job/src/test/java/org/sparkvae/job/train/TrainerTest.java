package org.sparkvae.job.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparkvae.bound.Renyi;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.job.checkpoint.CheckpointStore;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.checkpoint.EpochTable;
import org.sparkvae.job.checkpoint.GradientMeasure;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.checkpoint.TrainingState;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.fixtures.Tiny;
import org.sparkvae.job.fixtures.TinyTraining;
import org.sparkvae.job.fixtures.TwoSlots;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.settings.TrainingSettings;
import org.sparkvae.job.train.weights.NetworkWeights;
import org.sparkvae.job.train.worker.DivergedException;

@ExtendWith(TwoSlots.class)
class TrainerTest {
  @TempDir Path folder;
  private final List<RunDirectory> open = new ArrayList<>();
  private final List<Integer> generations = new ArrayList<>();
  private CheckpointStore store;

  /** Fails after an epoch, as a killed driver would; 0 for never. */
  private int dieAfter;

  private final List<EpochRecord> heard = new ArrayList<>();
  private final TrainingListener listener =
      new TrainingListener() {
        @Override
        public void round(int epoch, int epochs, int round, int rounds) {}

        @Override
        public void epoch(EpochRecord record, int epochs) {
          heard.add(record);
          if (record.epoch() == dieAfter) {
            throw new IllegalStateException("killed");
          }
        }
      };

  @BeforeEach
  void openStore() {
    store = store("run");
  }

  @AfterEach
  void close() throws IOException {
    for (RunDirectory directory : open) {
      directory.close();
    }
  }

  private CheckpointStore store(String name) {
    RunDirectory directory =
        RunDirectory.open(folder.resolve(name).toUri().toString(), new Configuration(), "test");
    open.add(directory);
    return directory.checkpoints(2, warning -> {});
  }

  private TrainedVae train(TrainingSettings settings, CheckpointStore into, TrainingImages images) {
    return new Trainer(TwoSlots.context(), settings, Tiny.BINARISER, Tiny.SEED, into, listener)
        .train(Tiny.MODEL, images);
  }

  /** 21 images in 2 shards, which they change every 2 epochs: the shards swap sizes. */
  private TrainingImages images() {
    ImageSet first = Tiny.images(11, 10);
    ImageSet second = Tiny.images(10, 11);
    Sharding sharding =
        generation -> {
          generations.add(generation);
          return generation % 2 == 0 ? first : second;
        };
    return new TrainingImages(sharding, 2, Optional.empty(), Tiny::meanImage);
  }

  /** Bright images to learn from, dark ones to validate with: every epoch makes it worse. */
  private static TrainingImages opposed() {
    return new TrainingImages(
        generation -> uniform(12, 255), 0, Optional.of(uniform(200, 0)), Tiny::meanImage);
  }

  private static ImageSet uniform(int count, int intensity) {
    byte[] pixels = new byte[count * Tiny.PIXELS];
    Arrays.fill(pixels, (byte) intensity);
    long[] ids = new long[count];
    Arrays.setAll(ids, i -> i);
    ImageSet shape = Tiny.images(1);
    return new ImageSet(
        shape.shape(),
        count,
        1,
        TwoSlots.context().parallelize(List.of(new ImageBlock(ids, new int[count], pixels)), 1),
        Map.of());
  }

  private static void assertSame(MultiLayerNetwork actual, MultiLayerNetwork expected) {
    assertThat(NetworkWeights.read(actual).parameters())
        .isEqualTo(NetworkWeights.read(expected).parameters());
    assertThat(NetworkWeights.read(actual).state())
        .isEqualTo(NetworkWeights.read(expected).state());
  }

  @Test
  void resumingEqualsGoingOnBitForBit() {
    TrainingSettings settings =
        TinyTraining.epochs(5)
            .checkpointEvery(2)
            .klWarmUp(4)
            .schedule(TrainingSettings.Schedule.BURDA)
            .settings();
    TrainedVae whole = train(settings, store("whole"), images());
    dieAfter = 3;
    assertThatThrownBy(() -> train(settings, store, images())).hasMessage("killed");
    assertThat(store.latest().orElseThrow().state().epoch()).isEqualTo(2);
    dieAfter = 0;
    heard.clear();

    TrainedVae resumed = train(settings, store, images());

    assertThat(heard).extracting(EpochRecord::epoch).containsExactly(3, 4, 5);
    assertSame(resumed.network(), whole.network());
    assertThat(resumed.epoch()).isEqualTo(5);
    assertThat(resumed.history())
        .extracting(EpochRecord::bound)
        .isEqualTo(whole.history().stream().map(EpochRecord::bound).toList());
    assertThat(resumed.history().get(4).bound()).isGreaterThan(resumed.history().get(0).bound());
    assertThat(store.latest().orElseThrow().state().step()).isEqualTo(15);
  }

  @Test
  void imagesChangeShardsAsOftenAsTheSettingsSay() {
    train(TinyTraining.epochs(5).settings(), store, images());

    assertThat(generations).containsExactly(0, 1, 2);
  }

  @Test
  void aFinishedTrainingIsNotTrainedAgain() {
    TrainingSettings settings = TinyTraining.epochs(2).settings();
    TrainedVae first = train(settings, store, images());
    heard.clear();

    TrainedVae second = train(settings, store, images());

    assertThat(heard).isEmpty();
    assertThat(second.history()).isEqualTo(first.history());
    assertSame(second.network(), first.network());
  }

  @Test
  void shortenedGradientsAreCountedAndLeadElsewhere() {
    train(TinyTraining.epochs(1).clipNorm(1e-4).settings(), store, images());
    EpochRecord always = heard.get(0);
    assertThat(always.measure("clipped_steps")).isEqualTo(always.work().steps());

    heard.clear();
    TrainedVae never =
        train(TinyTraining.epochs(1).clipNorm(1e9).settings(), store("never"), images());
    assertThat(heard.get(0).measure("clipped_steps")).isZero();
    heard.clear();
    TrainedVae free = train(TinyTraining.epochs(1).settings(), store("free"), images());
    assertThat(heard.get(0).measures()).doesNotContainKey("clipped_steps");
    assertThat(NetworkWeights.read(never.network()).parameters())
        .isEqualTo(NetworkWeights.read(free.network()).parameters());
  }

  @ParameterizedTest
  @EnumSource(TrainingSettings.Strategy.class)
  void whatIsNoLowerBoundIsNotToldAsOneButValidatedByOne(TrainingSettings.Strategy strategy) {
    TinyTraining training =
        TinyTraining.epochs(1).bound(new Renyi(3, -1)).strategy(strategy).validation(1, 1, 0);
    TrainingImages images =
        new TrainingImages(
            generation -> Tiny.images(12, 12), 0, Optional.of(Tiny.images(5)), Tiny::meanImage);
    train(training.settings(), store, images);

    EpochRecord record = heard.get(0);
    assertThat(record.measures()).doesNotContainKey("bound");
    assertThat(record.weightedObjective()).isFinite();
    assertThat(record.measure(EpochRecord.OBJECTIVE)).isEqualTo(24 * record.weightedObjective());
    assertThat(record.validationBound()).isFinite();
    assertThat(EpochTable.schema(heard).fieldNames())
        .contains("weighted_objective", "validation_bound")
        .doesNotContain("bound");
  }

  @Test
  void theNoiseOfGradientsIsMeasuredAfterSomeEpochsAndChangesNothing() {
    TrainedVae measured =
        train(TinyTraining.epochs(2).gradientNoise(2, 3).settings(), store, images());
    assertThat(GradientMeasure.estimators(heard.get(0), "encoder")).isEmpty();
    EpochRecord record = heard.get(1);
    assertThat(GradientMeasure.estimators(record, "encoder"))
        .containsExactly("reparameterised", "sticking-the-landing", "score-function");
    for (String part : List.of("encoder", "decoder")) {
      assertThat(record.measure("score_function_" + part + "_gradient_variance")).isPositive();
      assertThat(record.measure("score_function_" + part + "_gradient_snr")).isNotNegative();
    }
    TrainedVae plain = train(TinyTraining.epochs(2).settings(), store("plain"), images());
    assertThat(NetworkWeights.read(measured.network()).parameters())
        .isEqualTo(NetworkWeights.read(plain.network()).parameters());
  }

  @Test
  void recordsWhatAnEpochDid() {
    train(TinyTraining.epochs(1).klWarmUp(2).settings(), store, images());

    EpochRecord record = heard.get(0);
    assertThat(record.epoch()).isEqualTo(1);
    assertThat(record.work().images()).isEqualTo(21);
    assertThat(record.work().steps()).isEqualTo(6);
    assertThat(record.work().rounds()).isEqualTo(2);
    assertThat(record.klWeight()).isEqualTo(0.5);
    assertThat(record.learningRate()).isEqualTo(0.02);
    assertThat(record.measure(EpochRecord.OBJECTIVE)).isEqualTo(21 * record.weightedObjective());
    assertThat(record.validationBound()).isNaN();
    assertThat(record.bound()).isBetween(-100.0, -1.0);
    assertThat(record.measure("reconstruction") - record.measure("kl"))
        .isCloseTo(record.bound(), within(1e-9));
    assertThat(record.measure("reconstruction") - 0.5 * record.measure("kl"))
        .isCloseTo(record.weightedObjective(), within(1e-9));
  }

  @Test
  void stopsWithoutGainAndGoesBackToTheBest() {
    TrainedVae once =
        train(TinyTraining.epochs(1).learningRate(0.1).settings(), store("once"), opposed());

    TrainedVae stopped =
        train(
            TinyTraining.epochs(9)
                .learningRate(0.1)
                .validation(1, 1, 3)
                .checkpointEvery(100)
                .settings(),
            store,
            opposed());

    assertThat(stopped.history()).hasSize(4);
    assertThat(stopped.history())
        .extracting(EpochRecord::validationBound)
        .isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(stopped.epoch()).isEqualTo(1);
    assertSame(stopped.network(), once.network());
    TrainingState state = store.latest().orElseThrow().state();
    assertThat(state.epoch()).isEqualTo(4);
    assertThat(state.validationsWithoutGain()).isEqualTo(3);
  }

  @Test
  void validatesAsOftenAsTheSettingsSayAndKeepsTheLastWithoutPatience() {
    TrainedVae trained =
        train(
            TinyTraining.epochs(5).learningRate(0.1).validation(2, 1, 0).settings(),
            store,
            opposed());

    assertThat(trained.history())
        .extracting(record -> Double.isFinite(record.validationBound()))
        .containsExactly(false, true, false, true, false);
    assertThat(trained.epoch()).isEqualTo(5);
    assertThat(store.at(2).state().bestEpoch()).isEqualTo(2);
  }

  @Test
  void moreValidationSamplesGiveATighterBound() {
    train(TinyTraining.epochs(1).validation(1, 1, 0).settings(), store, opposed());
    train(TinyTraining.epochs(1).validation(1, 50, 0).settings(), store("tighter"), opposed());

    assertThat(heard.get(1).validationBound()).isGreaterThan(heard.get(0).validationBound());
  }

  @Test
  void aGainIsKeptAtOnce() {
    ImageSet alike = Tiny.images(9);
    TrainingImages images = new TrainingImages(g -> alike, 0, Optional.of(alike), Tiny::meanImage);
    dieAfter = 1;

    assertThatThrownBy(
            () ->
                train(
                    TinyTraining.epochs(5).validation(1, 1, 0).checkpointEvery(4).settings(),
                    store,
                    images))
        .hasMessage("killed");

    assertThat(store.latest().orElseThrow().state().bestEpoch()).isEqualTo(1);
  }

  @Test
  void aMilestoneHasACheckpointWhateverComesBetween() {
    train(
        TinyTraining.epochs(5).checkpointEvery(4).milestones(1, 3).settings(),
        store.keeping(List.of(1, 3)),
        images());

    // Of the last two, 4 and 5, none is a milestone.
    assertThat(store.kept()).containsExactly(1, 3, 4, 5);
  }

  @Test
  void divergenceNamesThePlaceAndLeavesTheLastCheckpoint() {
    TrainedVae good = train(TinyTraining.epochs(2).settings(), store, images());

    assertThatThrownBy(
            () -> train(TinyTraining.epochs(4).learningRate(1e30).settings(), store, images()))
        .isInstanceOf(DivergedException.class)
        .hasMessageStartingWith("training diverged in epoch 3, round 1, shard 0, step 2 ")
        .hasMessageEndingWith(
            " (the last checkpoint, where there is one, is from before this epoch)");

    CheckpointStore.Restored last = store.latest().orElseThrow();
    assertThat(last.state().epoch()).isEqualTo(2);
    assertSame(last.network(), good.network());
  }

  @Test
  void divergenceInTheFirstEpochTellsOfNoCheckpoint() {
    assertThatThrownBy(
            () -> train(TinyTraining.epochs(4).learningRate(1e30).settings(), store, images()))
        .isInstanceOf(DivergedException.class)
        .hasMessageStartingWith("training diverged in epoch 1, round 1, shard 0, step 2 ")
        .hasMessageEndingWith("; lower training.optimiser.learning-rate");
  }

  @Test
  void deeplearning4jsMasterTrainsTheSameNetwork() {
    TrainedVae trained =
        train(
            TinyTraining.epochs(6)
                .learningRate(0.1)
                .strategy(TrainingSettings.Strategy.DL4J)
                .settings(),
            store,
            images());

    EpochRecord first = trained.history().get(0);
    EpochRecord last = trained.history().get(5);
    assertThat(last.bound()).isGreaterThan(first.bound() + 0.5);
    assertThat(last.work().images()).isEqualTo(21);
    assertThat(last.work().rounds()).isPositive();
    assertThat(VaeNetwork.spec(trained.network())).isEqualTo(Tiny.MODEL);
    assertThat(NetworkWeights.read(trained.network()).state()).isNotEmpty();
  }

  @Test
  void refusesWhatTheStrategyCannotDo() {
    assertThatThrownBy(
            () ->
                train(
                    TinyTraining.epochs(2)
                        .klWarmUp(3)
                        .strategy(TrainingSettings.Strategy.DL4J)
                        .settings(),
                    store,
                    images()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("training.kl-warm-up = 3");
    assertThatThrownBy(
            () -> train(TinyTraining.epochs(2).validation(1, 1, 5).settings(), store, images()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("training.validation.patience = 5")
        .hasMessageContaining("data.validation");
  }
}
