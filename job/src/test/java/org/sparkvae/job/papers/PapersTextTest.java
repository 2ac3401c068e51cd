package org.sparkvae.job.papers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PapersTextTest {
  private static final Published BURDA = new Published("Burda et al.", "table 1, k = 1", 86.76, 19);
  private static final Published GATED = new Published("Norouzi et al.", "MNIST", 84.45, null);

  @Test
  void setsOursBesideThePapers() {
    Reproduction burda =
        new Reproduction("burda-1", 86.08, 0.23, 5000, 21, 3280, 3280, 6240, 240.4);
    Reproduction gated =
        new Reproduction("gated", 84.6, Double.NaN, 5000, 30, 412, 361, 5000, Double.NaN);

    assertThat(
            PapersText.lines(List.of(burda, gated), Map.of("burda-1", BURDA, "gated", GATED))
                .stream()
                .map(line -> line.replaceAll("  +", "|")))
        .containsExactly(
            "recipe|paper, nats|ours|+-|difference|active, paper|active, ours|epochs|training|evaluation",
            "burda-1|86.76|86.08|0.23|-0.68|19|21|3,280|1 h 44 min|4 min 00 s",
            "gated|84.45|84.60|-|+0.15|-|30|412|1 h 23 min|-",
            "",
            "burda-1: Burda et al., table 1, k = 1",
            "gated: Norouzi et al., MNIST",
            "|ours is of epoch 361, the best by validation");
  }
}
