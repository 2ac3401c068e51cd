package org.sparkvae.bound;

import java.io.Serializable;
import org.sparkvae.kinds.Setting;

/** Which lower bound on log p(x) training maximises. */
public sealed interface BoundSpec extends Serializable {

  /** Samples of z drawn per image and step. */
  int samples();

  /**
   * The evidence lower bound (Kingma & Welling, eq. 3).
   *
   * @param samples samples per image
   * @param kl how the KL term is computed
   */
  record Elbo(
      @Setting(least = 1) int samples,
      @Setting(says = "How the KL term is computed.", otherwise = "analytic") Kl kl)
      implements BoundSpec {
    /** Checks the count. */
    public Elbo {
      requirePositive(samples);
    }
  }

  /**
   * The importance-weighted bound (Burda et al., eq. 8).
   *
   * @param samples samples per image, k
   */
  record ImportanceWeighted(@Setting(least = 1) int samples) implements BoundSpec {
    /** Checks the count. */
    public ImportanceWeighted {
      requirePositive(samples);
    }
  }

  /** How the KL term of the ELBO is computed. */
  enum Kl {
    /** In closed form. */
    ANALYTIC,
    /** From the same samples as the reconstruction. */
    MONTE_CARLO
  }

  private static void requirePositive(int samples) {
    if (samples < 1) {
      throw new IllegalArgumentException("samples must be at least 1, but is " + samples);
    }
  }
}
