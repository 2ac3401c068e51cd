package org.sparkvae.job.evaluate.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkvae.evaluation.Importance;
import org.sparkvae.evaluation.Normal;
import org.sparkvae.evaluation.Refined;
import org.sparkvae.job.settings.EvaluationSettings;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Vae;

class WorkPlanTest {
  private static final Mlp BODY = new Mlp(List.of(200, 200), Activation.TANH);
  private static final ImageModel MNIST =
      new ImageModel(Shape.vector(784), new Vae(50, BODY, BODY, new Bernoulli()));

  private static WorkPlan plan(long images, int samples, int slots) {
    return WorkPlan.of(images, MNIST, new EvaluationSettings(samples, 250, 0), slots);
  }

  @ParameterizedTest
  @CsvSource({"1, 5000, 2", "3, 5000, 64", "1000, 5000, 2", "7, 1001, 5", "10, 1, 4"})
  void everyBlockOfEveryImageIsInOneTask(long images, int samples, int slots) {
    WorkPlan plan = plan(images, samples, slots);

    int[] tasks =
        LongStream.range(0, images)
            .flatMap(i -> IntStream.range(0, plan.chunks()).mapToLong(c -> plan.task(i, c)))
            .mapToInt(Math::toIntExact)
            .toArray();
    assertThat(IntStream.of(tasks).distinct().sorted().toArray())
        .isEqualTo(IntStream.range(0, plan.tasks()).toArray());
    assertThat(plan.firstBlock(0)).isZero();
    assertThat(plan.firstBlock(plan.chunks())).isEqualTo(plan.blocks());
    assertThat(IntStream.range(0, plan.chunks()))
        .allMatch(chunk -> plan.firstBlock(chunk) < plan.firstBlock(chunk + 1));
    assertThat(IntStream.range(0, plan.blocks()).map(plan::samplesIn).sum()).isEqualTo(samples);
  }

  @Test
  void tasksAreEqualToWithinOneImage() {
    WorkPlan plan = plan(1000, 5000, 2);
    long[] images = new long[plan.tasks()];
    LongStream.range(0, 1000).forEach(i -> images[plan.task(i, 0)]++);

    assertThat(LongStream.of(images).max().orElseThrow())
        .isLessThanOrEqualTo(LongStream.of(images).min().orElseThrow() + 1);
  }

  @Test
  void manyImagesStayWhole() {
    assertThat(plan(1000, 5000, 2).chunks()).isEqualTo(1);
    assertThat(plan(1000, 5000, 2).groups()).isBetween(50, 200);
  }

  @Test
  void fewImagesOnManySlotsAreSplit() {
    WorkPlan plan = plan(10, 5000, 16);

    assertThat(plan.groups()).isEqualTo(10);
    assertThat(plan.chunks()).isGreaterThan(1);
  }

  private static EvaluationSettings refined(int samples, int block, Refined refined) {
    return new EvaluationSettings(samples, block, 0, new Importance(), refined);
  }

  /** Each chunk refines its image: that takes no longer than its samples. */
  @Test
  void chunksHoldNoFewerSamplesThanFindingTheirProposalIsWorth() {
    Refined refined = new Refined(50, 50, 0.1, Refined.Covariance.FULL, new Normal());
    WorkPlan plan = WorkPlan.of(1, MNIST, refined(50_000, 250, refined), 64);

    assertThat(refined.samplesWorth()).isEqualTo(5000);
    assertThat(plan.chunks()).isEqualTo(10);
    EvaluationSettings few = refined(100, 50, refined);
    assertThat(WorkPlan.of(1, MNIST, few, 64).chunks()).isEqualTo(1);
    assertThat(WorkPlan.operations(3, MNIST, few))
        .isCloseTo(3 * 5100 * MNIST.flopsOfASample(), within(1.0));
  }

  @Test
  void tinyWorkIsNotCutUp() {
    assertThat(plan(10, 1, 64).tasks()).isEqualTo(1);
  }

  @Test
  void millionsOfImagesMakeNoMillionsOfTasks() {
    assertThat(plan(10_000_000, 5000, 1000).tasks()).isEqualTo(20_000);
  }

  @Test
  void aBlockIsNoLargerThanItsSamples() {
    assertThat(plan(10, 3, 1).block()).isEqualTo(3);
  }

  @Test
  void groupsAndChunksMustNotBeEmpty() {
    assertThatThrownBy(() -> new WorkPlan(3, 100, 50, 4, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WorkPlan(3, 100, 50, 3, 3))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
