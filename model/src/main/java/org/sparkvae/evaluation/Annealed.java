package org.sparkvae.evaluation;

import java.util.Locale;
import java.util.Optional;
import org.sparkvae.kinds.Setting;

/**
 * Annealed importance sampling (Neal, 2001; Wu, Burda, Salakhutdinov & Grosse, "On the quantitative
 * analysis of decoder-based models", 2017): log of the mean weight of chains that are led from a
 * start to p(z|x) by Hamiltonian moves at rising temperatures.
 *
 * @param start where chains start
 * @param chains of an image
 * @param temperatures of a chain, the last of which is 1
 * @param leapfrog steps of a move
 * @param simulated images for bidirectional bounds; 0 for none
 */
public record Annealed(
    @Setting(
            says =
                "Where chains start: encoder (the posterior q(z|x)), or, of one stochastic layer, prior.",
            otherwise = "encoder")
        Start start,
    @Setting(says = "Chains of an image.", otherwise = "16", least = 1) int chains,
    @Setting(
            says = "Temperatures from the start to p(z|x); a chain moves at each but the last.",
            otherwise = "100",
            least = 2)
        int temperatures,
    @Setting(says = "Leapfrog steps of a move.", otherwise = "2", least = 1) int leapfrog,
    @Setting(
            says =
                "Images simulated from the model, whose log p(x) is bounded from both sides; 0 for"
                    + " none.",
            otherwise = "0",
            least = 0)
        int simulated)
    implements Estimator {
  /** Where chains start. */
  public enum Start {
    /** At samples of the encoder's posterior. */
    ENCODER,
    /** At samples of the prior. */
    PRIOR
  }

  public Annealed {
    atLeast("chains", chains, 1);
    atLeast("temperatures", temperatures, 2);
    atLeast("leapfrog", leapfrog, 1);
    atLeast("simulated", simulated, 0);
  }

  @Override
  public Optional<Annealed> annealed() {
    return Optional.of(this);
  }

  private static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s must be at least %d, but is %d", name, least, value));
    }
  }
}
