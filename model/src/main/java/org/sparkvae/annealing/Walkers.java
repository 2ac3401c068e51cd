package org.sparkvae.annealing;

import java.util.List;

/**
 * Chains that move by Hamiltonian steps, all images' together.
 *
 * <p>A move draws fresh momenta, takes some leapfrog steps, and accepts where they end by
 * Metropolis' rule, so that it leaves exp(base + temperature rise) as it is, and is its own reverse
 * (Neal, "MCMC using Hamiltonian dynamics", 2011, section 3.2). A move to where the energy is no
 * number is refused.
 */
final class Walkers {
  private final Landscape landscape;
  private final Leapfrog leapfrog;
  private Place here;
  private Place there;
  private final float[] momenta;
  private final float[] uniforms;
  private final double[] before;
  private final double[] acceptance;

  Walkers(Landscape landscape, Leapfrog leapfrog) {
    this.landscape = landscape;
    this.leapfrog = leapfrog;
    here = new Place(landscape);
    there = new Place(landscape);
    momenta = new float[here.states().length];
    uniforms = new float[landscape.rows()];
    before = new double[landscape.rows()];
    acceptance = new double[landscape.rows()];
  }

  Landscape landscape() {
    return landscape;
  }

  /** Where the chains are: not a copy, and another after a move. */
  Place here() {
    return here;
  }

  /** The mean over an image's chains of the probability that the last move was accepted. */
  double accepted(int image) {
    double sum = 0;
    for (int row = image; row < acceptance.length; row += landscape.images()) {
      sum += acceptance[row];
    }
    return sum / landscape.chains();
  }

  /**
   * Moves all chains.
   *
   * @param noise of the image at each place
   * @param number of the move, from 1 on, whose noise no other has
   * @param temperatures of each image
   * @param sizes of each image's leapfrog steps
   */
  void move(List<ChainNoise> noise, int number, double[] temperatures, double[] sizes) {
    for (int i = 0; i < noise.size(); i++) {
      noise.get(i).momenta(number, i, landscape, momenta);
      noise.get(i).uniforms(number, i, landscape, uniforms);
    }
    for (int row = 0; row < before.length; row++) {
      before[row] = here.logDensity(row, temperature(row, temperatures)) - kinetic(row);
      there.take(row, here);
    }
    leapfrog.lead(there, momenta, temperatures, sizes);
    for (int row = 0; row < before.length; row++) {
      double gain =
          there.logDensity(row, temperature(row, temperatures)) - kinetic(row) - before[row];
      acceptance[row] = Double.isNaN(gain) ? 0 : Math.exp(Math.min(0, gain));
      if (uniforms[row] >= acceptance[row]) {
        there.take(row, here);
      }
    }
    Place left = here;
    here = there;
    there = left;
  }

  private static double temperature(int row, double[] temperatures) {
    return temperatures[row % temperatures.length];
  }

  private double kinetic(int row) {
    int dimensions = landscape.dimensions();
    double sum = 0;
    for (int d = row * dimensions; d < (row + 1) * dimensions; d++) {
      sum += (double) momenta[d] * momenta[d];
    }
    return 0.5 * sum;
  }
}
