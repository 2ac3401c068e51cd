package org.sparkvae.estimator;

import java.util.List;
import java.util.function.Supplier;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/** Steers derivatives that flow through the log-densities of held draws alone. */
interface ByHeldDraws extends Estimation {
  /** The draws of this recording. */
  HeldDraws draws();

  @Override
  default Drawn from(Recorder recorder, Samplable q, Supplier<Samplable> held) {
    return draws().from(recorder, q, held);
  }

  @Override
  default List<Rows> rows() {
    return List.copyOf(draws().logDensities());
  }

  @Override
  default boolean steersByLogWeights() {
    return true;
  }
}
