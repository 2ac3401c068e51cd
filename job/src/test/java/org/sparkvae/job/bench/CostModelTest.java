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
  private static final int SLOTS = 2;
  private static final Offset<Double> CLOSE = within(1e-9);

  @Test
  void findsTheTermsOfRowsThatFollowIt() {
    CostModel model = CostModel.of(rows(), SLOTS);
    assertThat(model.round()).isCloseTo(0.04, CLOSE);
    assertThat(model.shard()).isCloseTo(0.002, CLOSE);
    assertThat(model.parameter()).isCloseTo(1e-8, within(1e-15));
    assertThat(model.shardParameter()).isCloseTo(3e-8, within(1e-15));
    assertThat(model.worst()).isLessThan(1e-9);
    assertThat(model.overhead(1_000_000, 8)).isCloseTo(0.04 + 0.016 + 0.01 + 0.24, CLOSE);
  }

  @Test
  void tellsItsWorstError() {
    List<GrowthRow> rows = new ArrayList<>(rows());
    rows.add(row(400_000, 2, 3 * schedule(400_000), collect(400_000, 2)));
    assertThat(CostModel.of(rows, SLOTS).worst()).isBetween(0.1, 1.0);
  }

  @Test
  void leavesRowsOutWhoseShardsTookTurns() {
    List<GrowthRow> rows = new ArrayList<>(rows());
    CostModel model = CostModel.of(rows, SLOTS);
    rows.add(row(400_000, 3, 99, 99));
    assertThat(CostModel.of(rows, SLOTS)).isEqualTo(model);
  }

  @Test
  void predictsSpeedUpToItsLimit() {
    CostModel model = new CostModel(0.04, 0.002, 1e-8, 3e-8, 0);
    double step = 0.003;
    // A round of 10 steps on 2 executors: 2000 images in 0.03 + 0.04 + 0.004 + 0.01 + 0.06 s.
    assertThat(model.speed(1_000_000, 2, step, 100, 10)).isCloseTo(2000 / 0.144, within(1e-6));
    assertThat(model.limit(1_000_000, 100, 10)).isCloseTo(1000 / 0.032, within(1e-6));
    assertThat(model.speed(1_000_000, 1_000_000_000, step, 100, 10))
        .isCloseTo(model.limit(1_000_000, 100, 10), within(1.0));
    assertThat(model.turningPoint(1_000_000, step, 10)).isCloseTo(0.08 / 0.032, CLOSE);
    double half = model.limit(1_000_000, 100, 100) / 2;
    int turning = (int) Math.round(model.turningPoint(1_000_000, step, 100));
    assertThat(model.speed(1_000_000, turning, step, 100, 100)).isCloseTo(half, within(half / 50));
  }

  @Test
  void refusesRowsThatDoNotTellTheTermsApart() {
    assertThatThrownBy(() -> CostModel.of(rows().subList(0, 2), SLOTS))
        .isInstanceOf(MathIllegalArgumentException.class);
    List<GrowthRow> oneSize = List.of(follows(1, 1), follows(1, 2), follows(1, 2));
    assertThatThrownBy(() -> CostModel.of(oneSize, SLOTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("all models are of one size");
  }

  private static List<GrowthRow> rows() {
    return List.of(
        follows(400_000, 2), follows(4_000_000, 2), follows(40_000_000, 2), follows(400_000, 1));
  }

  private static GrowthRow follows(long parameters, int shards) {
    return row(parameters, shards, schedule(parameters), collect(parameters, shards));
  }

  private static double schedule(long parameters) {
    return 0.04 + 1e-8 * parameters;
  }

  private static double collect(long parameters, int shards) {
    return (0.002 + 3e-8 * parameters) * shards;
  }

  private static GrowthRow row(long parameters, int shards, double schedule, double collect) {
    return new GrowthRow(
        "shards", parameters, shards, 10, 1000, 796, 10, 5, schedule, COMPUTE, collect);
  }
}
