package org.sparkvae.job.evaluate.scoring;

import java.io.Serializable;
import java.util.List;
import org.sparkvae.job.data.images.ImageName;

/**
 * What the importance-sampling pass says of one image; a row of {@code evaluation.parquet}. Nats.
 *
 * @param id the image's id
 * @param label the image's label, -1 for none
 * @param name how a person finds the image
 * @param logLikelihood L_K, the estimate of log p(x) from all K samples
 * @param standardError of {@code logLikelihood}, by the delta method; NaN for K = 1
 * @param effectiveSamples (sum w)^2 / sum w^2, in 1 .. K
 * @param elbo mean log w
 * @param reconstruction mean log p(x|z)
 * @param kl KL(q(z|x) || p(z)), in closed form where there is one, else from the samples
 * @param curve the bound at 1, 10, 100, ... and K samples
 * @param posteriorMean [latent], not a copy
 * @param posteriorStandardDeviation [latent], not a copy; null where it has no closed form
 */
public record ImageScore(
    long id,
    int label,
    ImageName name,
    double logLikelihood,
    double standardError,
    double effectiveSamples,
    double elbo,
    double reconstruction,
    double kl,
    List<CurvePoint> curve,
    float[] posteriorMean,
    float[] posteriorStandardDeviation)
    implements Serializable {

  /** True where log p(x) could be estimated: no weight is NaN or infinite, and not all are 0. */
  public boolean isFinite() {
    return Double.isFinite(logLikelihood) && Double.isFinite(kl);
  }
}
