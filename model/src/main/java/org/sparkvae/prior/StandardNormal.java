package org.sparkvae.prior;

import org.sparkvae.posterior.DiagonalGaussian;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/**
 * The prior p(z) = N(z; 0, I).
 *
 * @param recorder of the recording
 */
public record StandardNormal(Recorder recorder) {

  /** log p(z) per row, nats: z [rows, latent] -> [rows]. */
  public Rows logDensity(Matrix z) {
    return recorder.standardNormalLogDensity(z);
  }

  /** KL(q || p) in closed form, nats, [images] (Kingma & Welling, appendix B). */
  public Rows kl(DiagonalGaussian q) {
    return recorder.standardNormalKl(q.packed());
  }
}
