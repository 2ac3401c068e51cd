package org.sparkvae.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparkvae.tensor.kernels.KernelReferee.agreeInEveryForm;
import static org.sparkvae.tensor.kernels.KernelReferee.values;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.Replay;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * The fused loops of the continuous Bernoulli, and their formulas in blocks, against the formulas
 * on plain ND4J in float64, on views with odd sizes and offsets.
 */
class VectorContinuousBernoulliTest {
  private static final double SUMMED = 5e-6;

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 16, 17, 50, 784})
  void scoresContinuousBernoullis(int pixels) {
    for (double scale : new double[] {0.3, 20}) {
      agreeInEveryForm(
          SUMMED,
          SUMMED,
          (kernels, views) -> {
            INDArray x = views.uniform(2, pixels);
            INDArray logits = views.normal(scale, 6, pixels);
            INDArray residual = views.garbage(6, pixels);
            INDArray bias = views.normal(0.1, pixels);
            INDArray byBias = views.garbage(pixels);
            double[] row = views.rows(6);
            double[] out = continuousBernoulli(kernels, x, logits, null, bias, byBias, row);
            assertThat(continuousBernoulli(kernels, x, logits, residual, bias, byBias, row))
                .isEqualTo(out);
            assertThat(continuousBernoulli(kernels, x, logits, logits, bias, byBias, row))
                .isEqualTo(out);
            assertThat(values(logits)).isEqualTo(values(residual));
            return new double[][] {out, values(residual), values(byBias)};
          });
    }
  }

  private static double[] continuousBernoulli(
      Kernels kernels,
      INDArray x,
      INDArray logits,
      INDArray residual,
      INDArray bias,
      INDArray byBias,
      double[] row) {
    Replay replay = new Replay(kernels, 2, 3);
    Rows out =
        ContinuousBernoulliLogLikelihood.of(
            replay.recorder(),
            replay.constant(x),
            replay.matrix(logits, residual, 0),
            replay.vector("bias", bias, byBias, 0));
    return residual == null ? replay.value(out) : replay.differentiate(out, row);
  }
}
