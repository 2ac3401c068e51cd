package org.sparkvae.annealing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.annealing.AnnealedWeights.Chains;
import org.sparkvae.evaluation.Annealed;
import org.sparkvae.noise.Noise;
import org.sparkvae.vae.ImageModel;

/**
 * Bounds of log p(x) from both sides, of images simulated from the model: chains from the start up
 * bound it from below in expectation, chains from the code that an image was made of down bound it
 * from above (Grosse, Ghahramani & Adams, "Sandwiching the marginal likelihood using bidirectional
 * Monte Carlo", 2015). How far the bounds are apart says how good the chains are on the model.
 *
 * <p>Not thread-safe: one instance belongs to one task.
 */
public final class Bidirectional {
  private final Annealed how;
  private final long seed;
  private final int block;
  private final Simulation simulation;
  private final AnnealedWeights weights;

  /**
   * The bounds of an image's log p(x), nats.
   *
   * @param lower log of the mean weight of the chains up
   * @param upper minus log of the mean inverse weight of the chains down
   */
  public record Bounds(double lower, double upper) {}

  /**
   * Builds the computation.
   *
   * @param parameters the flat parameter vector, which stays as it is
   * @param seed of the run
   * @param block chains of an image computed together
   */
  public Bidirectional(ImageModel model, INDArray parameters, Annealed how, long seed, int block) {
    this.how = how;
    this.seed = seed;
    this.block = block;
    simulation = new Simulation(model, parameters, how.start());
    long ofChains = Noise.key(seed, Noise.Purpose.SIMULATION, 1, 0);
    weights = new AnnealedWeights(model, parameters, how, ofChains, block);
  }

  /**
   * Bounds of consecutive simulated images.
   *
   * @param first number of the first
   */
  public List<Bounds> bounds(long first, int images) {
    List<Chains> chains = new ArrayList<>();
    Map<Long, float[]> states = new HashMap<>();
    int blocks = 0;
    for (long number = first; number < first + images; number++) {
      Simulation.Image image = simulation.image(seed, number);
      states.put(number, image.state());
      blocks = 0;
      for (int from = 0; from < how.chains(); from += block) {
        chains.add(new Chains(number, image.pixels(), from));
        blocks++;
      }
    }
    double[][] up = weights.logWeights(chains);
    double[][] down = weights.logWeightsDown(chains, of -> states.get(of.image()));
    List<Bounds> bounds = new ArrayList<>();
    for (int from = 0; from < chains.size(); from += blocks) {
      bounds.add(
          new Bounds(
              logMeanExp(Arrays.copyOfRange(up, from, from + blocks), 1),
              -logMeanExp(Arrays.copyOfRange(down, from, from + blocks), -1)));
    }
    return bounds;
  }

  /** log of the mean of exp(sign w) over an image's chains. */
  private double logMeanExp(double[][] logWeights, int sign) {
    double[] all =
        Arrays.stream(logWeights)
            .flatMapToDouble(Arrays::stream)
            .limit(how.chains())
            .map(w -> sign * w)
            .toArray();
    double max = Arrays.stream(all).max().orElseThrow();
    double sum = 0;
    for (double w : all) {
      sum += Math.exp(w - max);
    }
    return max + Math.log(sum / all.length);
  }
}
