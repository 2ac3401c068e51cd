package org.sparkvae.network;

import java.io.Serializable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.tensor.Start;

/** What the weights of dense layers start from; biases start at 0. */
public sealed interface Initialisation extends Serializable {
  /** What a weight starts from. */
  Start weights();

  /** Uniform within sqrt(6 / (in + out)) of 0 (Glorot & Bengio, 2010, eq. 16). */
  record Glorot() implements Initialisation {
    @Override
    public Start weights() {
      return new Start.Glorot();
    }
  }

  /** Normal of variance 2 / in (He et al., "Delving deep into rectifiers", 2015, eq. 10). */
  record He() implements Initialisation {
    @Override
    public Start weights() {
      return new Start.He();
    }
  }

  /**
   * Normal of one variance.
   *
   * @param deviation its root
   */
  record Normal(
      @Setting(says = "Standard deviation of the weights.", otherwise = "0.01", above = 0)
          double deviation)
      implements Initialisation {
    public Normal {
      if (!(deviation > 0)) {
        throw new IllegalArgumentException("deviation must be above 0, but is " + deviation);
      }
    }

    @Override
    public Start weights() {
      return new Start.Scattered(new Start.Constant(0), (float) deviation);
    }
  }
}
