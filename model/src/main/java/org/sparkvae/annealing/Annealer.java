package org.sparkvae.annealing;

import java.util.Arrays;
import java.util.List;

/**
 * Leads chains up and down a ladder, and weighs them (Neal, "Annealed importance sampling", 2001).
 *
 * <p>A chain that starts at a draw of the base has a weight of mean p(x): log w = sum over steps of
 * (temperature above - temperature below) times the rise where the chain is, which moves at every
 * temperature between. One that starts at a draw of p(z|x) and is led down meets the moves in
 * reverse, each of which is its own; its weight by the same sum has a mean inverse of 1 / p(x).
 */
final class Annealer {
  private final Walkers walkers;
  private final Ladder ladder;
  private final double[] temperatures;
  private final double[] sizes;

  Annealer(Walkers walkers, Ladder ladder) {
    this.walkers = walkers;
    this.ladder = ladder;
    temperatures = new double[walkers.landscape().images()];
    sizes = new double[temperatures.length];
  }

  /**
   * Leads chains from draws of the base up.
   *
   * @param noise of the image at each place
   * @param steps sizes of the images' leapfrog steps
   * @return log w of each chain, [rows], nats
   */
  double[] up(List<ChainNoise> noise, Steps steps) {
    Landscape landscape = walkers.landscape();
    landscape.draw(noise, walkers.here());
    double[] logWeights = new double[landscape.rows()];
    weigh(logWeights, 1);
    for (int step = 1; step < ladder.steps(); step++) {
      move(noise, step, step, steps);
      weigh(logWeights, step + 1);
    }
    return logWeights;
  }

  /**
   * Leads chains from draws of p(z|x) down.
   *
   * @param noise of the image at each place
   * @param steps sizes of the images' leapfrog steps
   * @param states the draws, [rows, dimensions]
   * @return log w of each chain, [rows], nats
   */
  double[] down(List<ChainNoise> noise, Steps steps, float[] states) {
    System.arraycopy(states, 0, walkers.here().states(), 0, states.length);
    walkers.here().evaluate();
    double[] logWeights = new double[walkers.landscape().rows()];
    for (int step = ladder.steps(); step > 1; step--) {
      weigh(logWeights, step);
      move(noise, ladder.steps() - step + 1, step - 1, steps);
    }
    weigh(logWeights, 1);
    return logWeights;
  }

  /** Adds the share of the step up to a temperature. */
  private void weigh(double[] logWeights, int above) {
    double difference = ladder.at(above) - ladder.at(above - 1);
    for (int r = 0; r < logWeights.length; r++) {
      logWeights[r] += difference * walkers.here().rise(r);
    }
  }

  private void move(List<ChainNoise> noise, int number, int temperature, Steps steps) {
    Arrays.fill(temperatures, ladder.at(temperature));
    steps.at((double) temperature / ladder.steps(), sizes);
    walkers.move(noise, number, temperatures, sizes);
  }
}
