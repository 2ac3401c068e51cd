package org.sparkvae.posterior;

import static org.sparkvae.tensor.formula.Formula.image;
import static org.sparkvae.tensor.formula.Formula.value;
import static org.sparkvae.tensor.formula.Function.NEGATE;
import static org.sparkvae.tensor.formula.Function.SIGMOID;

import java.util.List;
import java.util.Map;
import org.sparkvae.tensor.Argument;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.formula.Formula;

/**
 * The normalised product of two Gaussians of independent dimensions: their precisions add up, and
 * its mean is theirs, weighted by the precisions (Sonderby et al., "Ladder variational
 * autoencoders", 2016, eq. 18 and 19).
 */
public final class PrecisionWeighted {
  private static final Formula.Operand MEAN = value("mean");
  private static final Formula.Operand LOG_VARIANCE = value("log-variance");
  private static final Formula.Operand MEAN_OF_IMAGE = image("mean of image");
  private static final Formula.Operand LOG_VARIANCE_OF_IMAGE = image("log-variance of image");
  private static final Formula MERGED_MEAN =
      MEAN_OF_IMAGE.plus(
          LOG_VARIANCE_OF_IMAGE
              .minus(LOG_VARIANCE)
              .apply(SIGMOID)
              .times(MEAN.minus(MEAN_OF_IMAGE)));
  private static final Formula MERGED_LOG_VARIANCE =
      LOG_VARIANCE.apply(NEGATE).logAddExp(LOG_VARIANCE_OF_IMAGE.apply(NEGATE)).apply(NEGATE);

  private PrecisionWeighted() {}

  /**
   * Records it.
   *
   * @param ofImages means, then log-variances, [images, 2n]
   * @param ofDraws means, then log-variances, [samples * images, 2n]
   * @return means, then log-variances, [samples * images, 2n]
   */
  public static Matrix of(Recorder recorder, Matrix ofImages, Matrix ofDraws) {
    int n = ofDraws.columns() / 2;
    Argument logVariance = ofDraws.range(n, n);
    Argument logVarianceOfImage = ofImages.range(n, n);
    Matrix mean =
        recorder.map(
            MERGED_MEAN,
            Map.of(
                MEAN,
                ofDraws.range(0, n),
                LOG_VARIANCE,
                logVariance,
                MEAN_OF_IMAGE,
                ofImages.range(0, n),
                LOG_VARIANCE_OF_IMAGE,
                logVarianceOfImage));
    Matrix merged =
        recorder.map(
            MERGED_LOG_VARIANCE,
            Map.of(LOG_VARIANCE, logVariance, LOG_VARIANCE_OF_IMAGE, logVarianceOfImage));
    return recorder.sideBySide(List.of(mean, merged));
  }
}
