package org.sparkvae.vae;

import java.util.List;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Draws;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.posterior.Posterior;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;

/**
 * A variable's posterior, and what is drawn from it.
 *
 * @param posterior of each image, or of each draw of what it depends on
 * @param drawn a draw
 */
record Inferred(Samplable posterior, Drawn drawn) {
  /**
   * Records the member of a family, and a draw from it.
   *
   * @param recorder at the family's name
   * @param parameters the member's, as {@link Posterior#parameters} gives them
   * @param latent dimensions of the variable
   */
  static Inferred of(
      Recorder recorder, Posterior family, List<Matrix> parameters, int latent, Draws draws) {
    Samplable q = family.of(recorder, parameters, latent);
    Drawn drawn =
        draws.from(
            recorder,
            q,
            () -> family.of(recorder, parameters.stream().map(recorder::held).toList(), latent));
    return new Inferred(q, drawn);
  }
}
