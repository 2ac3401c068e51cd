package org.sparkvae.job.evaluate.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkvae.fixtures.LogWeights;
import org.sparkvae.importance.LogWeightSum;
import org.sparkvae.importance.TailSelection;
import org.sparkvae.job.data.images.ImageName;
import org.sparkvae.job.fixtures.ExactBits;

class PartialScoreTest {
  @ParameterizedTest
  @CsvSource({"5000, 250", "1001, 64", "777, 10", "777, 3"})
  void partsGiveTheSameBitsHoweverTheBlocksAreSpread(int samples, int block) {
    double[] logWeight = LogWeights.drawn(samples, 30);
    List<LogWeightSum> blocks = LogWeights.blocks(logWeight, logWeight, block);
    ImageScore whole = PartialScore.join(list(part(blocks, logWeight)), samples);
    assertThat(whole.logLikelihood().diagnosis().paretoK()).isFinite();
    Random random = new Random(1);

    for (int trial = 0; trial < 20; trial++) {
      List<PartialScore> parts = new ArrayList<>();
      for (int from = 0; from < blocks.size(); ) {
        int to = from + 1 + random.nextInt(blocks.size() - from);
        parts.add(random.nextInt(parts.size() + 1), part(blocks.subList(from, to), logWeight));
        from = to;
      }
      assertThat(PartialScore.join(parts, samples))
          .usingRecursiveComparison(ExactBits.everywhere())
          .isEqualTo(whole);
    }
  }

  private static PartialScore part(List<LogWeightSum> blocks, double[] logWeight) {
    TailSelection tail = new TailSelection(logWeight.length, true);
    int from = (int) blocks.get(0).from();
    int to = (int) blocks.get(blocks.size() - 1).to();
    tail.add(Arrays.copyOfRange(logWeight, from, to), to - from);
    return new PartialScore(
        1,
        2,
        ImageName.NONE,
        blocks,
        tail.tail(),
        3,
        new ImageScore.PosteriorMoments(new float[] {4}, new float[] {5}));
  }

  private static List<PartialScore> list(PartialScore part) {
    return new ArrayList<>(List.of(part));
  }

  @Test
  void aMissingOrRepeatedPartIsRefused() {
    double[] logWeight = LogWeights.drawn(100, 1);
    List<LogWeightSum> blocks = LogWeights.blocks(logWeight, logWeight, 25);

    assertThatThrownBy(() -> PartialScore.join(list(part(blocks.subList(0, 3), logWeight)), 100))
        .hasMessage("image 1 has samples 0 .. 74");
    assertThatThrownBy(() -> PartialScore.join(list(part(blocks.subList(1, 4), logWeight)), 100))
        .hasMessage("image 1 has samples 25 .. 99");
    List<PartialScore> twice =
        new ArrayList<>(List.of(part(blocks, logWeight), part(blocks.subList(0, 4), logWeight)));
    assertThatThrownBy(() -> PartialScore.join(twice, 100))
        .hasMessage("samples 0.. cannot follow samples ..99");
  }
}
