package org.sparkvae.vae;

import java.util.List;
import java.util.Optional;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Draws;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.distribution.Scorable;
import org.sparkvae.posterior.Posterior;
import org.sparkvae.prior.Prior;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

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

  /** A latent variable whose KL term is taken from the samples. */
  Latent bySamples(String name, Rows logPrior) {
    return new Latent(name, drawn, logPrior, Optional.empty(), Optional.empty(), posterior);
  }

  /**
   * A latent variable whose KL term has a closed form where its prior's has.
   *
   * @param recorder at the prior's name
   * @param recorded the prior, as it was recorded
   */
  Latent under(String name, Prior prior, Recorder recorder, Scorable recorded) {
    Optional<Rows> kl = prior.kl(recorder, posterior);
    Optional<Matrix> klOfDimensions = prior.klOfDimensions(recorder, posterior);
    Rows logPrior = recorded.logDensity(drawn.value());
    return new Latent(name, drawn, logPrior, kl, klOfDimensions, posterior);
  }
}
