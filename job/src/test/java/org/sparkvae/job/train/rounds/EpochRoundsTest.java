package org.sparkvae.job.train.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.dataset.DataSet;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.fixtures.Tiny;
import org.sparkvae.job.settings.TrainingSettings.Outer;
import org.sparkvae.job.train.TrainingListener;
import org.sparkvae.job.train.weights.NetworkWeights;
import org.sparkvae.job.train.weights.Weights;
import org.sparkvae.job.train.worker.DivergedException;
import org.sparkvae.job.train.worker.PackedImages;
import org.sparkvae.job.train.worker.WorkerSpec;

/** Epochs whose tasks average among themselves against one that broadcasts and collects. */
class EpochRoundsTest {
  private static final int SLOTS = 3;
  private static JavaSparkContext spark;

  private Outer outer = new Outer(0, 1);
  private final List<String> heard = new ArrayList<>();
  private final WorkerSpec spec = Tiny.worker(Tiny.ADAM, 4, 30);
  private final Weights start = NetworkWeights.read(Tiny.network(spec));
  private final TrainingListener listener =
      new TrainingListener() {
        @Override
        public void round(int epoch, int epochs, int round, int all) {
          heard.add(epoch + "/" + epochs + " " + round + "/" + all);
        }

        @Override
        public void epoch(EpochRecord record, int epochs) {}
      };

  @BeforeAll
  static void start() {
    spark = context("local[%d]".formatted(SLOTS));
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static JavaSparkContext context(String master) {
    return new JavaSparkContext(
        new SparkConf()
            .setMaster(master)
            .setAppName("EpochRoundsTest")
            .set("spark.ui.enabled", "false"));
  }

  private static JavaRDD<ImageBlock> shards(int... images) {
    List<List<ImageBlock>> shards = new ArrayList<>();
    int first = 0;
    for (int count : images) {
      shards.add(Tiny.blocks(first, count));
      first += count;
    }
    return spark
        .parallelize(shards, shards.size())
        .mapPartitions(
            partition -> {
              List<ImageBlock> blocks = new ArrayList<>();
              partition.forEachRemaining(blocks::addAll);
              return blocks.iterator();
            });
  }

  private RoundPlan plan(int every, double rate) {
    return new RoundPlan(new EpochPlan(2, 3, rate, 0.5), every, outer, 7);
  }

  /** Who averages. */
  private enum Way {
    IN_MEMORY,
    AMONG_EXECUTORS
  }

  private EpochRounds rounds(Way way, WorkerSpec worker) {
    return switch (way) {
      case IN_MEMORY -> new SharedMemoryRounds(spark, worker, listener);
      case AMONG_EXECUTORS -> new PeerRounds(spark, worker, listener);
    };
  }

  private List<EpochRounds> allWays(WorkerSpec worker) {
    return List.of(
        rounds(Way.IN_MEMORY, worker),
        rounds(Way.AMONG_EXECUTORS, worker),
        new BroadcastRounds(spark, worker, listener));
  }

  private EpochRounds.Result run(Way way, RoundPlan plan, JavaRDD<DataSet> images) {
    return rounds(way, spec).run(images, plan, start);
  }

  @ParameterizedTest
  @CsvSource({
    "IN_MEMORY, 1",
    "IN_MEMORY, 2",
    "IN_MEMORY, 100",
    "AMONG_EXECUTORS, 1",
    "AMONG_EXECUTORS, 2",
    "AMONG_EXECUTORS, 100"
  })
  void givesTheBitsOfBroadcastRounds(Way way, int every) {
    float[] before = start.parameters().clone();
    for (int[] sizes : new int[][] {{30}, {17, 13}, {10, 0, 20}, {4, 5, 21}}) {
      JavaRDD<DataSet> images = shards(sizes).map(PackedImages::new);
      heard.clear();
      EpochRounds.Result expected =
          new BroadcastRounds(spark, spec, listener).run(images, plan(every, 0.01), start);
      List<String> rounds = List.copyOf(heard);
      heard.clear();

      EpochRounds.Result actual = run(way, plan(every, 0.01), images);

      assertThat(actual.weights().parameters())
          .isEqualTo(expected.weights().parameters())
          .isNotEqualTo(start.parameters());
      assertThat(actual.weights().state()).isEqualTo(expected.weights().state());
      assertThat(actual.minibatches()).isEqualTo(expected.minibatches());
      assertThat(actual.sums().value()).isEqualTo(expected.sums().value());
      assertThat(actual.sums().steps()).isEqualTo(expected.sums().steps());
      assertThat(actual.sums().rounds()).isEqualTo(expected.sums().rounds());
      assertThat(heard).isNotEmpty().endsWith(rounds.get(rounds.size() - 1));
      if (way == Way.IN_MEMORY) {
        assertThat(heard).isEqualTo(rounds);
      }
    }
    assertThat(start.parameters()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void givesTheBitsOfBroadcastRoundsWithOuterMomentum(Way way) {
    JavaRDD<DataSet> images = shards(17, 13).map(PackedImages::new);
    Weights plain = run(way, plan(1, 0.01), images).weights();
    outer = new Outer(0.6, 0.8);

    Weights actual = run(way, plan(1, 0.01), images).weights();

    assertThat(actual.parameters())
        .isEqualTo(
            new BroadcastRounds(spark, spec, listener)
                .run(images, plan(1, 0.01), start)
                .weights()
                .parameters())
        .isNotEqualTo(plain.parameters());
  }

  @Test
  void divergesAtTheSamePlace() {
    JavaRDD<DataSet> images = shards(4, 12).map(PackedImages::new);
    WorkerSpec sgd = Tiny.worker(Tiny.SGD, 4, 16);
    String message = "epoch 2, round 1, shard 1, step 2 ";
    for (EpochRounds rounds : allWays(sgd)) {
      Weights from = NetworkWeights.read(Tiny.network(sgd));
      assertThatThrownBy(() -> rounds.run(images, plan(2, 1e30), from))
          .isInstanceOf(DivergedException.class)
          .hasMessageContaining(message);
    }
  }

  /** The first shard is idle, so that the second one has to be found. */
  @Test
  void findsTheShardWhoseParametersAreNotFinite() {
    JavaRDD<DataSet> images = shards(0, 8).map(PackedImages::new);
    WorkerSpec sgd = Tiny.worker(Tiny.SGD, 4, 8);
    Weights from = NetworkWeights.read(Tiny.network(sgd));
    for (EpochRounds rounds : allWays(sgd)) {
      assertThatThrownBy(() -> rounds.run(images, plan(1, 1e300), from))
          .isInstanceOf(DivergedException.class)
          .hasMessageContaining("round 1, shard 1, step 1 of the shard's epoch: a parameter is");
    }
    assertThat(heard).doesNotContain("2/3 1/2");
  }

  /** The first shard's parameters overflow in its last step, the second one's bound does later. */
  @Test
  void namesTheFirstShardThatDiverged() {
    JavaRDD<DataSet> images = shards(4, 12).map(PackedImages::new);
    WorkerSpec sgd = Tiny.worker(Tiny.SGD, 4, 16);
    Weights from = NetworkWeights.read(Tiny.network(sgd));
    for (EpochRounds rounds : allWays(sgd)) {
      assertThatThrownBy(() -> rounds.run(images, plan(2, 1e300), from))
          .isInstanceOf(DivergedException.class)
          .hasMessageContaining("round 1, shard 0, step 1 of the shard's epoch: a parameter is");
    }
  }

  /** The other shard waits for the one that fails, and must not do so for ever. */
  @ParameterizedTest
  @CsvSource({"IN_MEMORY, 0", "IN_MEMORY, 1", "AMONG_EXECUTORS, 0", "AMONG_EXECUTORS, 1"})
  void aFailingShardEndsTheEpochForAll(Way way, int bad) {
    JavaRDD<DataSet> images =
        shards(8, 8)
            .map(
                block -> {
                  if (block.ids()[0] == 8 * bad) {
                    throw new IllegalStateException("injected");
                  }
                  return new PackedImages(block);
                });
    assertThatThrownBy(() -> run(way, plan(1, 0.01), images)).hasMessageContaining("injected");
    assertThat(heard).isEmpty();

    assertThat(run(way, plan(1, 0.01), shards(8, 8).map(PackedImages::new)).sums().rounds())
        .isEqualTo(2);
  }

  @Test
  void isPossibleWhereAllShardsRunAtOnceAndNoneIsTriedAgain() {
    assertThat(SharedMemoryRounds.isPossible(spark, SLOTS)).isTrue();
    assertThat(SharedMemoryRounds.isPossible(spark, SLOTS + 1)).isFalse();
    stop();
    try {
      spark = context("local[2,4]");
      assertThat(SharedMemoryRounds.isPossible(spark, 2)).isFalse();
    } finally {
      stop();
      start();
    }
  }
}
