package org.sparkvae.job.train.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.dataset.DataSet;
import org.sparkvae.job.compute.SimulatedGpus;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.fixtures.Tiny;
import org.sparkvae.job.settings.TrainingSettings.Outer;
import org.sparkvae.job.train.weights.NetworkWeights;
import org.sparkvae.job.train.weights.Weights;
import org.sparkvae.job.train.worker.DivergedException;
import org.sparkvae.job.train.worker.PackedImages;
import org.sparkvae.job.train.worker.Pool;
import org.sparkvae.job.train.worker.WorkerSpec;
import org.sparkvae.step.StepSettings;

/**
 * Epochs whose workers average their weights on simulated GPUs, against the same with the average
 * on the driver's heap.
 */
class DeviceRoundsTest {
  private static final long ENOUGH = 1 << 26;
  private static final Outer PLAIN = new Outer(0, 1);
  private static final String MEAN = "weighted_mean";
  private static JavaSparkContext spark;

  private final WorkerSpec spec = Tiny.worker(Tiny.ADAM, 4, 30);
  private final Weights start = NetworkWeights.read(Tiny.network(spec));

  @BeforeAll
  static void start() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[3]")
                .setAppName("DeviceRoundsTest")
                .set("spark.ui.enabled", "false"));
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  static Stream<Arguments> shards() {
    return IntStream.rangeClosed(1, 3)
        .boxed()
        .flatMap(
            gpus ->
                Stream.of(
                    arguments(gpus, 100, new int[] {12}),
                    arguments(gpus, 1, new int[] {11, 5}),
                    arguments(gpus, 2, new int[] {6, 0, 14})));
  }

  @ParameterizedTest
  @MethodSource("shards")
  void giveTheBitsOfTheHeap(int count, int every, int[] sizes) {
    RoundPlan plan = plan(every, PLAIN, 0.01);
    try (SimulatedGpus gpus = gpus(count)) {
      EpochRounds.Result expected =
          run(new BroadcastRounds(spark, spec, (e, es, r, rs) -> {}), spec, plan, start, sizes);
      assertThat(gpus.kernels()).isNotEmpty().doesNotContain(MEAN);

      EpochRounds.Result actual = inMemory(spec, plan, start, sizes);

      assertThat(gpus.kernels()).contains(MEAN);
      assertThat(actual.weights().parameters())
          .isEqualTo(expected.weights().parameters())
          .isNotEqualTo(start.parameters());
      assertThat(actual.weights().state()).isEqualTo(expected.weights().state());
      assertThat(actual.sums().value()).isEqualTo(expected.sums().value());
      int used = Math.min(count, sizes.length);
      assertThat(gpus.having(MEAN)).as("GPUs that average").isEqualTo(used);
    }
  }

  private static SimulatedGpus gpus(int count) {
    return new SimulatedGpus(LongStream.generate(() -> ENOUGH).limit(count).toArray());
  }

  /** Where the average is another than the plain one. */
  @Test
  void goByTheHeapElsewhere() {
    int[] sizes = {5, 7};
    float[] plain;
    try (SimulatedGpus gpus = new SimulatedGpus(ENOUGH)) {
      plain = inMemory(spec, plan(1, PLAIN, 0.01), start, sizes).weights().parameters();
      assertThat(gpus.kernels()).contains(MEAN);
    }
    try (SimulatedGpus gpus = new SimulatedGpus(ENOUGH)) {
      RoundPlan momentum = plan(1, new Outer(0.6, 0.8), 0.01);
      assertThat(inMemory(spec, momentum, start, sizes).weights().parameters()).isNotEqualTo(plain);
      assertThat(gpus.kernels()).isNotEmpty().doesNotContain(MEAN);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void divergeAtTheSamePlace(int count) {
    WorkerSpec sgd = Tiny.worker(Tiny.SGD, 4, 16);
    Weights from = NetworkWeights.read(Tiny.network(sgd));
    try (SimulatedGpus gpus = gpus(count)) {
      assertThatThrownBy(() -> inMemory(sgd, plan(2, PLAIN, 1e30), from, 4, 12))
          .isInstanceOf(DivergedException.class)
          .hasMessageContaining("epoch 2, round 1, shard 1, step 2 ");
      assertThatThrownBy(() -> inMemory(sgd, plan(1, PLAIN, 1e300), from, 0, 8))
          .isInstanceOf(DivergedException.class)
          .hasMessageContaining("round 1, shard 1, step 1 of the shard's epoch: a parameter is");
      assertThat(gpus.kernels()).contains(MEAN);
    }
  }

  private static EpochRounds.Result inMemory(
      WorkerSpec spec, RoundPlan plan, Weights start, int... sizes) {
    return run(new SharedMemoryRounds(spark, spec, (e, es, r, rs) -> {}), spec, plan, start, sizes);
  }

  /** With workers of its own: idle ones may have their arrays on a GPU of another test. */
  private static EpochRounds.Result run(
      EpochRounds rounds, WorkerSpec spec, RoundPlan plan, Weights start, int... sizes) {
    release(spec);
    try {
      return rounds.run(shards(sizes), plan, start);
    } finally {
      release(spec);
    }
  }

  private static void release(WorkerSpec spec) {
    Pool.release(spec);
  }

  private static JavaRDD<DataSet> shards(int... images) {
    List<List<ImageBlock>> shards = new ArrayList<>();
    int first = 0;
    for (int count : images) {
      shards.add(Tiny.blocks(first, count));
      first += count;
    }
    return spark.parallelize(shards, shards.size()).flatMap(List::iterator).map(PackedImages::new);
  }

  private static RoundPlan plan(int every, Outer outer, double rate) {
    return new RoundPlan(new EpochPlan(2, 3, new StepSettings(rate, 0.5)), every, outer, 7);
  }
}
