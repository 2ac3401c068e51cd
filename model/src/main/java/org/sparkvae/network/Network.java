package org.sparkvae.network;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
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

  /** Widths of its hidden layers, from the input on; empty where it is the identity. */
  List<Integer> hidden();

  /** The shape of its features. */
  default Shape out(Shape in) {
    return hidden().isEmpty() ? in : Shape.vector(hidden().get(hidden().size() - 1));
  }

  /** Its widths as a part of a model's summary, "-200-200"; "" for none. */
  default String widths() {
    return hidden().stream().map(width -> "-" + width).collect(Collectors.joining());
  }

  /** A copy of widths, which are refused below 1. */
  static List<Integer> copy(List<Integer> hidden) {
    if (hidden.stream().anyMatch(w -> w < 1)) {
      throw new IllegalArgumentException("hidden widths must be at least 1, but are " + hidden);
    }
    return List.copyOf(hidden);
  }
}
