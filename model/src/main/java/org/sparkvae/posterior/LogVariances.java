package org.sparkvae.posterior;

import java.io.Serializable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;

/** Which log-variances an encoder may give. */
public sealed interface LogVariances extends Serializable {
  /**
   * Records parameters with what it allows.
   *
   * @param packed means, then log-variances, [images, 2 latent]
   */
  Matrix held(Recorder recorder, Matrix packed);

  /** Any. */
  record Free() implements LogVariances {
    @Override
    public Matrix held(Recorder recorder, Matrix packed) {
      return packed;
    }
  }

  /**
   * Those between two bounds; what lies outside is taken to the nearer one and has no derivative
   * (Tomczak & Welling, "VAE with a VampPrior", 2018: -6 and 2 in their experiments).
   */
  record Bounded(
      @Setting(says = "The least log-variance.", otherwise = "-6.0") double least,
      @Setting(says = "The greatest log-variance, above the least.", otherwise = "2.0") double most)
      implements LogVariances {
    /** Checks the bounds. */
    public Bounded {
      if (!(least < most) || Double.isInfinite(least) || Double.isInfinite(most)) {
        throw new IllegalArgumentException(
            "least must be below most, but is " + least + ", and most is " + most);
      }
    }

    @Override
    public Matrix held(Recorder recorder, Matrix packed) {
      return HeldColumns.of(recorder, packed, packed.columns() / 2, least, most);
    }
  }
}
