package org.sparkvae.annealing;

import java.util.Arrays;
import java.util.List;

/**
 * Finds the sizes of leapfrog steps by chains of its own, which are led up a coarser ladder: at
 * each temperature an image's size grows or shrinks by how many of its moves were accepted. The
 * chains that are measured then take the sizes as they are, on noise of their own, so that what
 * they measure is free of the choice.
 */
final class Pilot {
  /** The acceptance at which Hamiltonian moves cost least (Beskos et al., 2013). */
  private static final double ACCEPTED = 0.65;

  private static final double FIRST_SIZE = 0.5;

  /** A pilot has one temperature for so many of the measured chains'. */
  private static final int COARSER = 16;

  private static final int LEAST = 8;

  private Pilot() {}

  /** Moves that it takes for a ladder of so many steps. */
  static int moves(int steps) {
    return Math.max(LEAST, steps / COARSER) + 1;
  }

  /**
   * The sizes for the images that are on the landscape.
   *
   * @param walkers whose states are lost
   * @param noise of the image at each place
   */
  static Steps of(Walkers walkers, Ladder ladder, List<ChainNoise> noise) {
    Landscape landscape = walkers.landscape();
    Ladder coarse = ladder.of(moves(ladder.steps()) - 1);
    double[] sizes = new double[landscape.images()];
    double[] temperatures = new double[landscape.images()];
    double[][] logarithms = new double[coarse.steps() + 1][];
    Arrays.fill(sizes, FIRST_SIZE);
    landscape.draw(noise, walkers.here());
    for (int point = 0; point <= coarse.steps(); point++) {
      Arrays.fill(temperatures, coarse.at(point));
      walkers.move(noise, point + 1, temperatures, sizes);
      for (int i = 0; i < sizes.length; i++) {
        sizes[i] *= StrictMath.exp(walkers.accepted(i) - ACCEPTED);
      }
      logarithms[point] = Arrays.stream(sizes).map(StrictMath::log).toArray();
    }
    return new Steps(logarithms);
  }
}
