package org.sparkvae.job.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.fixtures.Tiny;
import org.sparkvae.job.fixtures.TwoSlots;
import org.sparkvae.job.settings.TrainingSettings;
import org.sparkvae.job.train.rounds.EpochPlan;
import org.sparkvae.job.train.weights.NetworkWeights;
import org.sparkvae.job.train.weights.WeightedAverage;
import org.sparkvae.job.train.weights.Weights;
import org.sparkvae.job.train.worker.DivergedException;
import org.sparkvae.job.train.worker.PackedImages;
import org.sparkvae.job.train.worker.Round;
import org.sparkvae.job.train.worker.ShardImages;
import org.sparkvae.job.train.worker.ShardRound;
import org.sparkvae.job.train.worker.ShardWorker;
import org.sparkvae.job.train.worker.WorkerSpec;
import org.sparkvae.optimiser.Sgd;
import org.sparkvae.step.StepSettings;
import org.sparkvae.vae.ObjectiveSpec;

@ExtendWith(TwoSlots.class)
class AveragingMasterTest {
  private static final double RATE = 0.01;

  private final List<String> rounds = new ArrayList<>();
  private final TrainingListener listener =
      new TrainingListener() {
        @Override
        public void round(int epoch, int epochs, int round, int all) {
          rounds.add(epoch + "/" + epochs + " " + round + "/" + all);
        }

        @Override
        public void epoch(EpochRecord record, int epochs) {}
      };

  private AveragingMaster master(WorkerSpec spec, int every) {
    return new AveragingMaster(
        spec, Tiny.every(every), e -> new EpochPlan(e, 3, new StepSettings(RATE, 0.5)), listener);
  }

  private static Weights fit(
      AveragingMaster master, MultiLayerNetwork network, JavaRDD<ImageBlock> blocks, int epochs) {
    SparkDl4jMultiLayer spark = new SparkDl4jMultiLayer(TwoSlots.context(), network, master);
    for (int e = 0; e < epochs; e++) {
      spark.fit(blocks.map(PackedImages::new));
    }
    return NetworkWeights.read(network);
  }

  private Weights train(WorkerSpec spec, int every, ImageSet images, int epochs) {
    return fit(master(spec, every), Tiny.network(spec), images.blocks(), epochs);
  }

  @Test
  void oneShardEqualsSequentialTrainingBitForBit() {
    List<WorkerSpec> specs =
        List.of(
            Tiny.worker(Tiny.ADAM, 6, 23),
            Tiny.worker(Tiny.SGD, 6, 23),
            Tiny.worker(new Sgd(0.9), 6, 23),
            Tiny.keeping(Tiny.ADAM, 6, 23));
    for (WorkerSpec spec : specs) {
      Weights start = NetworkWeights.read(Tiny.network(spec));
      SequentialTraining expected = new SequentialTraining(spec, start);
      for (int epoch = 1; epoch <= 3; epoch++) {
        expected.epoch(Tiny.block(0, 23), epoch, RATE, 0.5);
      }

      Weights actual = train(spec, 3, Tiny.images(23), 3);

      assertThat(actual.parameters())
          .isEqualTo(expected.parameters())
          .isNotEqualTo(start.parameters());
      assertThat(actual.state()).isEqualTo(expected.state());
    }
    assertThat(rounds).startsWith("1/3 1/1", "2/3 1/1");
  }

  @Test
  void everyStepOnThreeShardsEqualsOneStepOnThreeTimesTheBatch() {
    requireAsOneStep(Tiny.worker(Tiny.SGD, 5, 15), Tiny.worker(Tiny.SGD, 15, 15));
    requireAsOneStep(Tiny.keeping(Tiny.SGD, 5, 15), Tiny.keeping(Tiny.SGD, 15, 15));
  }

  private void requireAsOneStep(WorkerSpec spec, WorkerSpec whole) {
    Weights start = NetworkWeights.read(Tiny.network(spec));
    SequentialTraining expected = new SequentialTraining(whole, start);
    expected.step(Tiny.block(0, 15), IntStream.range(0, 15).toArray(), 1, RATE, 0.5);

    Weights actual = train(spec, 1, Tiny.images(5, 5, 5), 1);

    assertClose(actual.parameters(), expected.parameters(), 1e-6f);
    assertThat(maxDifference(actual.parameters(), start.parameters())).isGreaterThan(1e-3f);
  }

  @Test
  void weighsUnequalShardsByTheirImages() {
    WorkerSpec spec = Tiny.worker(Tiny.ADAM, 4, 10);
    Weights start = NetworkWeights.read(Tiny.network(spec));
    Round round = new Round(1, 1, 0, 2, 0, new StepSettings(RATE, 0.5));
    Weights a = trained(spec, 0, Tiny.blocks(0, 7), round, start);
    Weights b = trained(spec, 1, Tiny.blocks(7, 3), round, start);

    Weights actual = train(spec, 2, Tiny.images(7, 3), 1);

    float[] expected = new float[a.parameters().length];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (float) ((7.0 * a.parameters()[i] + 3.0 * b.parameters()[i]) / 10);
    }
    assertThat(actual.parameters()).isEqualTo(expected);
    float[] state = new float[a.state().length];
    for (int i = 0; i < state.length; i++) {
      state[i] = (float) ((7.0 * a.state()[i] + 3.0 * b.state()[i]) / 10);
    }
    assertThat(actual.state()).isEqualTo(state);
  }

  @Test
  void ignoresShardsWithoutImagesLeft() {
    WorkerSpec spec = Tiny.worker(Tiny.ADAM, 4, 14);
    AveragingMaster master = master(spec, 1);
    MultiLayerNetwork network = Tiny.network(spec);
    Weights start = NetworkWeights.read(network);
    Round first = new Round(1, 1, 0, 1, 0, new StepSettings(RATE, 0.5));
    Weights averaged =
        new WeightedAverage()
            .average(
                List.of(
                    ((ShardRound.Trained) run(spec, 0, Tiny.blocks(0, 10), first, start))
                        .weighted(),
                    ((ShardRound.Trained) run(spec, 2, Tiny.blocks(10, 4), first, start))
                        .weighted()),
                start);
    Round second = new Round(1, 2, 1, 1, 1, new StepSettings(RATE, 0.5));
    Weights alone = trained(spec, 0, Tiny.blocks(0, 10), second, averaged);
    Round third = new Round(1, 3, 2, 1, 2, new StepSettings(RATE, 0.5));
    Weights expected = trained(spec, 0, Tiny.blocks(0, 10), third, alone);

    Weights actual = fit(master, network, Tiny.images(10, 0, 4).blocks(), 1);

    assertThat(actual.parameters()).isEqualTo(expected.parameters());
    assertThat(actual.state()).isEqualTo(expected.state());
    assertThat(master.outcome().rounds().rounds()).isEqualTo(3);
    assertThat(master.outcome().rounds().steps()).isEqualTo(4);
    assertThat(master.outcome().rounds().value().images()).isEqualTo(14);
    assertThat(network.getIterationCount()).isEqualTo(3);
    assertThat(network.getEpochCount()).isEqualTo(1);
  }

  @Test
  void scalingByTrainingImagesChangesNothingWhereThereIsNoPrior() {
    Weights off = train(Tiny.worker(Tiny.ADAM, 5, 1), 2, Tiny.images(12, 11), 3);
    Weights on = train(Tiny.worker(Tiny.ADAM, 5, 23), 2, Tiny.images(12, 11), 3);
    assertClose(on.parameters(), off.parameters(), 1e-4f);

    WorkerSpec spec = Tiny.worker(Tiny.ADAM, 5, 23);
    WorkerSpec prior =
        new WorkerSpec(
            spec.model(),
            new ObjectiveSpec(Tiny.BOUND, 23, 50),
            spec.optimiser(),
            spec.restraint(),
            spec.batch(),
            spec.binariser(),
            spec.seed());
    Weights shrunk = train(prior, 2, Tiny.images(12, 11), 3);
    assertThat(maxDifference(shrunk.parameters(), on.parameters())).isGreaterThan(1e-3f);
  }

  @Test
  void aRetriedTaskGivesTheSameBits() {
    WorkerSpec spec = Tiny.worker(Tiny.ADAM, 4, 20);
    Weights undisturbed = train(spec, 2, Tiny.images(11, 9), 2);
    JavaRDD<ImageBlock> failing =
        Tiny.images(11, 9)
            .blocks()
            .map(
                block -> {
                  TaskContext task = TaskContext.get();
                  if (task.attemptNumber() == 0 && block.ids()[0] == 16) {
                    throw new IllegalStateException("injected, to be tried again");
                  }
                  return block;
                });

    Weights retried = fit(master(spec, 2), Tiny.network(spec), failing, 2);

    assertThat(retried.parameters()).isEqualTo(undisturbed.parameters());
    assertThat(retried.state()).isEqualTo(undisturbed.state());
  }

  @Test
  void oneSlotGivesTheSameBitsAsTwo() throws InterruptedException {
    WorkerSpec spec = Tiny.worker(Tiny.ADAM, 4, 20);
    ImageSet images = Tiny.images(11, 9);
    Weights two = train(spec, 2, images, 2);

    TwoSlots.withOneSlot(
        () -> {
          Weights one = train(spec, 2, images, 2);
          assertThat(one.parameters()).isEqualTo(two.parameters());
          assertThat(one.state()).isEqualTo(two.state());
        });
  }

  @Test
  void aWorkerLeavesNothingBehindForTheNextTask() {
    WorkerSpec spec = Tiny.worker(Tiny.ADAM, 4, 20);
    Weights start = NetworkWeights.read(Tiny.network(spec));
    ShardWorker used = new ShardWorker(spec);
    Round other = new Round(3, 1, 0, 5, 40, new StepSettings(1, 1));
    used.train(5, shard(Tiny.blocks(3, 11)), other, start, start.like());
    Round round = new Round(1, 1, 0, 3, 0, new StepSettings(RATE, 0.5));

    ShardRound again = used.train(1, shard(Tiny.blocks(0, 11)), round, start, start.like());

    Weights fresh = trained(spec, 1, Tiny.blocks(0, 11), round, start);
    assertThat(((ShardRound.Trained) again).weights().parameters()).isEqualTo(fresh.parameters());
    assertThat(((ShardRound.Trained) again).weights().state()).isEqualTo(fresh.state());
  }

  @Test
  void stopsWhereTheObjectiveDivergesAndNamesThePlace() {
    WorkerSpec spec = Tiny.worker(Tiny.SGD, 4, 16);
    MultiLayerNetwork network = Tiny.network(spec);
    AveragingMaster master =
        new AveragingMaster(
            spec,
            Tiny.every(2),
            e -> new EpochPlan(e, 3, new StepSettings(e == 1 ? RATE : 1e30, 1)),
            listener);
    ImageSet images = Tiny.images(4, 12);
    Weights good = fit(master, network, images.blocks(), 1);

    assertThatThrownBy(() -> fit(master, network, images.blocks(), 1))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("epoch 2, round 1, shard 1, step 2 ")
        .hasMessageNotContaining("\n");
    assertThat(NetworkWeights.read(network).parameters()).isEqualTo(good.parameters());
  }

  @Test
  void refusesAnOuterStepThatLeavesTheFiniteNumbers() {
    WorkerSpec spec = Tiny.worker(Tiny.SGD, 4, 16);
    TrainingSettings.Averaging outer =
        new TrainingSettings.Averaging(
            TrainingSettings.Strategy.WEIGHTED, 100, new TrainingSettings.Outer(0, 3e38));
    AveragingMaster master =
        new AveragingMaster(
            spec, outer, e -> new EpochPlan(e, 3, new StepSettings(1e6, 1)), listener);
    MultiLayerNetwork network = Tiny.network(spec);
    Weights before = NetworkWeights.read(network);

    assertThatThrownBy(() -> fit(master, network, Tiny.images(4, 4).blocks(), 1))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("epoch 1: the averaged parameters are not finite")
        .hasMessageNotContaining("\n");
    assertThat(NetworkWeights.read(network).parameters()).isEqualTo(before.parameters());
  }

  @Test
  void blamesTheInitialParametersWhereNoStepWasTaken() {
    WorkerSpec spec = Tiny.worker(Tiny.SGD, 4, 4);
    float[] broken = NetworkWeights.read(Tiny.network(spec)).parameters().clone();
    Arrays.fill(broken, Float.NaN);
    Round first = new Round(1, 1, 0, 1, 0, new StepSettings(RATE, 1));

    assertThat(run(spec, 0, Tiny.blocks(0, 4), first, new Weights(broken, new float[0])))
        .isInstanceOfSatisfying(
            ShardRound.Diverged.class,
            diverged -> {
              assertThat(diverged.what()).endsWith(" at the initial parameters already");
              assertThat(diverged.advice()).startsWith("choose another model.initialisation");
            });
  }

  @Test
  void refusesParametersThatAreNotFiniteAfterTheLastStep() {
    WorkerSpec spec = Tiny.worker(Tiny.SGD, 4, 4);
    Weights start = NetworkWeights.read(Tiny.network(spec));
    Round round = new Round(1, 1, 0, 1, 0, new StepSettings(1e300, 1));

    ShardRound result = run(spec, 0, Tiny.blocks(0, 4), round, start);

    assertThat(result).isEqualTo(new ShardRound.Diverged(0, 1, "a parameter is not finite"));
  }

  @Test
  void refusesOtherDataSets() {
    INDArray features = Nd4j.zeros(2, Tiny.PIXELS);
    assertThatThrownBy(() -> PackedImages.block(new DataSet(features, null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PackedImages");
    assertThat(new PackedImages(Tiny.block(0, 3)).getFeatures().shape())
        .containsExactly(3, Tiny.PIXELS);
  }

  private static ShardImages shard(List<ImageBlock> blocks) {
    return ShardImages.of(blocks.iterator());
  }

  private static ShardRound run(
      WorkerSpec spec, int shard, List<ImageBlock> blocks, Round round, Weights start) {
    return new ShardWorker(spec).train(shard, shard(blocks), round, start, start.like());
  }

  private static Weights trained(
      WorkerSpec spec, int shard, List<ImageBlock> blocks, Round round, Weights start) {
    return ((ShardRound.Trained) run(spec, shard, blocks, round, start)).weights();
  }

  private static void assertClose(float[] actual, float[] expected, float tolerance) {
    assertThat(maxDifference(actual, expected)).isCloseTo(0, within(tolerance));
  }

  private static float maxDifference(float[] a, float[] b) {
    float largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }
}
