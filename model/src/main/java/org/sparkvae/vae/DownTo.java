package org.sparkvae.vae;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.tensor.Matrix;

/** Latent variables drawn one after the other, from the topmost down. */
final class DownTo {
  private DownTo() {}

  /**
   * Variables and the next one below them.
   *
   * @param above those drawn so far
   * @param kept the first variables, which are not drawn
   * @param next records what the next one is drawn from
   */
  static List<Matrix> of(List<Matrix> above, List<Matrix> kept, Supplier<Samplable> next) {
    Matrix drawn = above.size() < kept.size() ? kept.get(above.size()) : next.get().draw().value();
    return Stream.concat(above.stream(), Stream.of(drawn)).toList();
  }
}
