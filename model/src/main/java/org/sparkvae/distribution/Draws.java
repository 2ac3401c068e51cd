package org.sparkvae.distribution;

import java.util.function.Supplier;
import org.sparkvae.tensor.Recorder;

/** How a latent variable is drawn: what derivatives flow through the draw and its density. */
@FunctionalInterface
public interface Draws {
  /** Derivatives flow through both. */
  Draws PLAIN = (recorder, q, held) -> q.draw();

  /**
   * Records a draw and its density.
   *
   * @param q what is drawn from
   * @param held records q with parameters that no derivative reaches
   */
  Drawn from(Recorder recorder, Samplable q, Supplier<Samplable> held);
}
