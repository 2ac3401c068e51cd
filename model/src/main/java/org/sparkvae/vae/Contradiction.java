package org.sparkvae.vae;

import java.util.Optional;
import org.sparkvae.kinds.Names;
import org.sparkvae.posterior.DiagonalGaussian;
import org.sparkvae.posterior.Posterior;

/**
 * Parts of a model that do not go together.
 *
 * @param setting the one at fault, below the model's own, as "prior.type"
 * @param says what is wrong with it, as the rest of a sentence
 */
public record Contradiction(String setting, String says) {
  /**
   * That of a posterior of bits, of a variable that the model draws from Gaussians.
   *
   * @param variable as "a, given z,"
   */
  static Optional<Contradiction> ofBits(String setting, Posterior posterior, String variable) {
    return posterior.generative().equals(new DiagonalGaussian())
        ? Optional.empty()
        : Optional.of(
            new Contradiction(
                setting,
                "is %s, whose values are bits, but the model draws %s from Gaussians; choose another posterior"
                    .formatted(Names.of(posterior.getClass()), variable)));
  }
}
