package org.sparkvae.density.levels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparkvae.tensor.kernels.KernelReferee.agreeInEveryForm;
import static org.sparkvae.tensor.kernels.KernelReferee.values;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.Replay;
import org.sparkvae.tensor.Rows;

/**
 * The fused loops of the categorical likelihood, and its sums over levels in blocks, against those
 * on plain ND4J in float64, on views with odd sizes and offsets.
 */
class VectorCategoricalTest {
  private static final int ROWS = 6;
  private static final double SUMMED = 5e-6;

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 16, 17, 256})
  void scoresCategories(int levels) {
    for (int pixels : new int[] {1, 5}) {
      agreeInEveryForm(
          SUMMED,
          SUMMED,
          (kernels, views) -> {
            INDArray x = views.levels(2, pixels);
            INDArray logits = views.normal(3, ROWS, (long) pixels * levels);
            INDArray bias = views.normal(3, (long) pixels * levels);
            INDArray byBias = views.normal(1, (long) pixels * levels);
            double[] row = views.rows(ROWS);
            Replay values = new Replay(kernels, 2, ROWS / 2);
            double[] out =
                values.value(
                    CategoricalLogLikelihood.of(
                        values.recorder(),
                        values.constant(x),
                        values.constant(logits),
                        values.vector("bias", bias, null, 0),
                        levels));
            // The derivative takes the place of the logits.
            Replay replay = new Replay(kernels, 2, ROWS / 2);
            Rows again =
                CategoricalLogLikelihood.of(
                    replay.recorder(),
                    replay.constant(x),
                    replay.matrix(logits, logits, 0),
                    replay.vector("bias", bias, byBias, 1),
                    levels);
            assertThat(replay.differentiate(again, row)).isEqualTo(out);
            return new double[][] {out, values(logits), values(byBias)};
          });
    }
  }
}
