package org.sparkvae.prior;

import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Tape;

/** The prior p(z) = N(z; 0, I). */
public final class StandardNormal {

  /** log p(z) per row, nats: z [rows, latent] -> [rows]. */
  public Rows logDensity(Tape tape, Matrix z) {
    return tape.standardNormalLogDensity(z);
  }

  /**
   * KL(q || p) of a packed diagonal Gaussian q in closed form, nats (Kingma & Welling, appendix B):
   * packed [images, 2 latent] -> [images].
   */
  public Rows kl(Tape tape, Matrix packed) {
    return tape.standardNormalKl(packed);
  }
}
