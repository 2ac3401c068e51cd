package org.sparkvae.likelihood;

import java.io.Serializable;
import org.sparkvae.distribution.Distribution;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;

/** A likelihood p(x|z): its head on the decoder's body, and the density that it parameterises. */
public sealed interface Likelihood extends Serializable
    permits Bernoulli,
        Categorical,
        ContinuousBernoulli,
        Gaussian,
        Logistic,
        LogisticMixture,
        StudentT {
  /**
   * Records it.
   *
   * @param features the body, [samples * images, n], sample-major
   * @param x the shape of an image
   */
  Distribution given(Recorder recorder, Matrix features, Shape x);

  /** What pixels it is a likelihood of. */
  Support support();

  /** How many values of a pixel it tells apart; 0 where it is a density. */
  default int levels() {
    return support().levels();
  }
}
