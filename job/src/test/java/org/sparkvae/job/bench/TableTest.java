package org.sparkvae.job.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private static final Workload WORKLOAD = new Workload(784, 200, 50, 100, 1, 5000, 3168);

  @Test
  void medianOfAnOddAndAnEvenNumberOfValues() {
    assertThat(Spread.of(9, 1, 5)).isEqualTo(new Spread(5, 1, 9, 3));
    assertThat(Spread.of(4, 1, 2, 9)).isEqualTo(new Spread(3, 1, 9, 4));
    assertThatThrownBy(Spread::of).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void groupsRepeatsAndHoldsThemAgainstThePeers() {
    Table table =
        Table.of(
            WORKLOAD,
            List.of(
                training("spark-vae", 2, 40_000, 0.8),
                training("PyTorch DDP", 2, 20_000, null),
                training("spark-vae", 2, 60_000, 0.9),
                training("PyTorch DDP", 2, 30_000, null)));

    Row ours = table.rows(Phase.TRAINING).get(0);
    assertThat(ours.name()).isEqualTo("spark-vae x2");
    assertThat(ours.rate()).isEqualTo(new Spread(50_000, 40_000, 60_000, 2));
    assertThat(ours.ratios())
        .containsOnlyKeys("PyTorch DDP x2")
        .containsEntry("PyTorch DDP x2", 2.0);
    assertThat(ours.overheadShare()).isCloseTo(0.15, within(1e-12));
    Row peer = table.rows(Phase.TRAINING).get(1);
    assertThat(peer.ratios()).containsEntry("PyTorch DDP x2", 1.0);
    assertThat(peer.overheadShare()).isNull();
  }

  @Test
  void shareOfTheFloorIsThatOfAsManyCores() {
    Table table =
        Table.of(
            WORKLOAD,
            List.of(
                new Measurement(Phase.SGEMM, "one core", 1, 100, null),
                training("spark-vae", 1, 20_000, null),
                training("spark-vae", 2, 20_000, null)));

    // At 100 GFLOP/s and 2.5416 MFLOP an image, a core could do 39,345 images/s.
    List<Row> rows = table.rows(Phase.TRAINING);
    assertThat(rows.get(0).floorShare()).isCloseTo(20_000 * 2.5416e6 / 1e11, within(1e-12));
    assertThat(rows.get(1).floorShare()).isCloseTo(10_000 * 2.5416e6 / 1e11, within(1e-12));
    assertThat(table.rows(Phase.SGEMM).get(0).floorShare()).isNull();
  }

  @Test
  void withoutSgemmThereIsNoShareOfTheFloor() {
    Table table = Table.of(WORKLOAD, List.of(training("spark-vae", 1, 20_000, null)));

    assertThat(table.rows().get(0).floorShare()).isNull();
  }

  @Test
  void printsABlockAPhaseWithAColumnAPeer() {
    Table table =
        Table.of(
            WORKLOAD,
            List.of(
                new Measurement(Phase.SGEMM, "one core", 1, 101.68, null),
                training("spark-vae", 2, 48_000, 0.9),
                training("PyTorch DDP", 2, 24_000, null)));

    assertThat(TableText.lines(table))
        .containsExactly(
            "sgemm, GFLOP/s              median        min        max",
            "one core x1                  101.7      101.7      101.7",
            "",
            "training, images/s          median        min        max   floor   Spark  / PyTorch DDP x2",
            "spark-vae x2                48,000     48,000     48,000     60%     10%             2.00x",
            "PyTorch DDP x2              24,000     24,000     24,000     30%       -             1.00x");
  }

  private static Measurement training(String engine, int workers, double rate, Double share) {
    return new Measurement(Phase.TRAINING, engine, workers, rate, share);
  }
}
