package org.sparkvae.network;

import java.io.Serializable;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;

/** The body of an encoder or decoder, from its input to the features that a head reads. */
public sealed interface Network extends Serializable permits Gated, Mlp {
  /**
   * Records it.
   *
   * @param in the shape of a row of x
   * @param x [rows, values of in]
   * @return the features, [rows, values of {@link #out}]
   */
  Matrix on(Recorder recorder, Shape in, Matrix x);

  /** The shape of its features. */
  Shape out(Shape in);

  /** Its widths as a person writes them, "200-200"; "" for none. */
  String widths();
}
