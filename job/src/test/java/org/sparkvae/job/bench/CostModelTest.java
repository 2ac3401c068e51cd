package org.sparkvae.job.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.exception.MathIllegalArgumentException;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CostModelTest {
  private static final double COMPUTE = 0.03;
  private static final int CORES = 4;
  private static final Offset<Double> CLOSE = within(1e-9);

  @Test
  void findsTheTermsOfRowsThatFollowIt() {
    CostModel model = CostModel.of(rows(), CORES);
    assertThat(model.round()).isCloseTo(0.005, CLOSE);
    assertThat(model.shard()).isCloseTo(0.002, CLOSE);
    assertThat(model.parameter()).isCloseTo(3e-8, within(1e-15));
    assertThat(model.epoch()).isCloseTo(0.2, CLOSE);
    assertThat(model.epochParameter()).isCloseTo(1e-7, within(1e-14));
    assertThat(model.worst()).isLessThan(1e-9);
    assertThat(model.overhead(1_000_000, 8)).isCloseTo(0.005 + 0.016 + 0.0525, CLOSE);
    assertThat(model.besides(1_000_000)).isCloseTo(0.3, CLOSE);
  }

  @Test
  void tellsItsWorstError() {
    List<GrowthRow> rows = new ArrayList<>(rows());
    rows.add(row(400_000, 2, besides(400_000), 3 * average(400_000, 2)));
    assertThat(CostModel.of(rows, CORES).worst()).isBetween(0.1, 1.0);
  }

  @Test
  void knowsNoGainByMoreShards() {
    List<GrowthRow> rows = new ArrayList<>(rows());
    rows.set(3, row(400_000, 8, besides(400_000), 0.6 * average(400_000, 8)));
    CostModel model = CostModel.of(rows, CORES);
    assertThat(model.shard()).isZero();
    assertThat(model.round()).isPositive();
    assertThat(model.parameter()).isPositive();
  }

  @Test
  void predictsSpeed() {
    CostModel model = new CostModel(0.005, 0.002, 3e-8, 0, 0, 0);
    double step = 0.003;
    // A round of 10 steps on 2 executors: 2000 images in 0.03 + 0.005 + 0.004 + 0.03 s.
    assertThat(model.speed(1_000_000, 2, step, 100, 10)).isCloseTo(2000 / 0.069, within(1e-6));
    assertThat(model.speed(1_000_000, 1, step, 100, 10)).isCloseTo(1000 / 0.03, within(1e-6));
  }

  @Test
  void tellsWhereStepsAreHalfOfTheTime() {
    CostModel model = new CostModel(0.005, 0.002, 3e-8, 0, 0, 0);
    int turning = (int) Math.round(model.turningPoint(1_000_000, 0.003, 100));
    assertThat(model.overhead(1_000_000, turning)).isCloseTo(0.3, within(0.003));
    assertThat(model.turningPoint(1_000_000, 0.003, 1)).isEqualTo(2);
    CostModel free = new CostModel(0.005, 0, 3e-8, 0, 0, 0);
    assertThat(free.turningPoint(1_000_000, 0.003, 100)).isInfinite();
    assertThat(free.turningPoint(1_000_000, 0.003, 1)).isEqualTo(2);
  }

  @Test
  void refusesRowsThatDoNotTellTheTermsApart() {
    assertThatThrownBy(() -> CostModel.of(List.of(follows(1, 2), follows(2, 3)), CORES))
        .isInstanceOf(MathIllegalArgumentException.class);
    assertThatThrownBy(
            () -> CostModel.of(List.of(follows(1, 2), follows(1, 3), follows(1, 4)), CORES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("all models are of one size");
    assertThatThrownBy(
            () -> CostModel.of(List.of(follows(1, 2), follows(2, 2), follows(3, 2)), CORES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("all rows are of as many shards");
  }

  private static List<GrowthRow> rows() {
    return List.of(
        follows(400_000, 2), follows(4_000_000, 2), follows(40_000_000, 2), follows(400_000, 8));
  }

  private static GrowthRow follows(long parameters, int shards) {
    return row(parameters, shards, besides(parameters), average(parameters, shards));
  }

  private static double besides(long parameters) {
    return 0.2 + 1e-7 * parameters;
  }

  /** As measured: eight shards share four cores. */
  private static double average(long parameters, int shards) {
    double alone = 0.005 + 0.002 * shards + 3e-8 * parameters * 2 * (shards - 1) / shards;
    return alone * Math.max(1, shards / (double) CORES);
  }

  private static GrowthRow row(long parameters, int shards, double beside, double average) {
    return new GrowthRow(
        "shards", parameters, shards, 10, 1000, 796, 10, 5, beside, COMPUTE, average);
  }
}
