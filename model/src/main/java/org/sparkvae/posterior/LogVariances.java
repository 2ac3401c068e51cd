package org.sparkvae.posterior;

import java.io.Serializable;
import java.util.List;
import org.sparkvae.kinds.Setting;
import org.sparkvae.tensor.HostLoop;
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
      return HostLoop.of(
          recorder,
          List.of(packed),
          packed.rows(),
          packed.columns(),
          new Held(packed.columns(), least, most));
    }
  }

  /** The second half of each row, held. */
  record Held(int columns, double least, double most) implements HostLoop.Body {
    @Override
    public void forward(double[][] in, double[] out, double[] rows) {
      System.arraycopy(in[0], 0, out, 0, out.length);
      for (int at = columns / 2; at < out.length; at += columns) {
        for (int i = at; i < at + columns / 2; i++) {
          // What is not finite stays so, and is found.
          out[i] = out[i] < least ? least : out[i] > most ? most : out[i];
        }
      }
    }

    @Override
    public void backward(
        double[][] in, double[] out, double[] byOut, double[] byRows, double[][] byIn) {
      System.arraycopy(byOut, 0, byIn[0], 0, byOut.length);
      for (int at = columns / 2; at < out.length; at += columns) {
        for (int i = at; i < at + columns / 2; i++) {
          if (in[0][i] < least || in[0][i] > most) {
            byIn[0][i] = 0;
          }
        }
      }
    }
  }
}
