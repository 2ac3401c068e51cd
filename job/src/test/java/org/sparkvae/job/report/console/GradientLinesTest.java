package org.sparkvae.job.report.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.checkpoint.GradientMeasure;
import org.sparkvae.job.checkpoint.GradientMeasure.Kind;
import org.sparkvae.job.fixtures.Epochs;

class GradientLinesTest {
  private static final Map<String, Double> ENCODER = measured("encoder", 1.25, 0.5);
  private static final Map<String, Double> DECODER = measured("decoder", 20, 3);

  private static Map<String, Double> measured(String part, double variance, double snr) {
    return Map.of(
        new GradientMeasure("score-function", part, Kind.VARIANCE).name(), variance,
        new GradientMeasure("score-function", part, Kind.SNR).name(), snr);
  }

  private static List<String> lines(List<Map<String, Double>> measures) {
    Map<String, Double> all = new TreeMap<>();
    measures.forEach(all::putAll);
    EpochRecord epoch = Epochs.of(3, -100, 20, Double.NaN).with(all);
    return GradientLines.of(List.of(epoch));
  }

  @Test
  void aRowAnEstimatorAndColumnsOfEachPart() {
    assertThat(lines(List.of(ENCODER, DECODER)))
        .containsExactly(
            "Gradients of a minibatch after epoch 3, over their draws",
            "  estimator                 variance, enc.     SNR, enc.    variance, dec.     SNR, dec.",
            "  score-function                     1.250        0.5000             20.00         3.000");
  }

  @Test
  void noColumnsOfAPartThatAModelIsWithout() {
    assertThat(lines(List.of(DECODER)))
        .containsExactly(
            "Gradients of a minibatch after epoch 3, over their draws",
            "  estimator                 variance, dec.     SNR, dec.",
            "  score-function                     20.00         3.000");
    assertThat(lines(List.of())).isEmpty();
  }
}
