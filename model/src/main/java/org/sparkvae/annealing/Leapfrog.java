package org.sparkvae.annealing;

/**
 * Leapfrog steps of the Hamiltonian |p|^2 / 2 - (base + temperature rise), momenta p of unit mass:
 * they keep volume, and led from where they end by the momenta's opposite they end where they began
 * (Neal, "MCMC using Hamiltonian dynamics", 2011, section 2.3).
 *
 * @param steps in a row
 */
record Leapfrog(int steps) {
  /**
   * Leads all rows on.
   *
   * @param place where they are, evaluated; where they get to, evaluated
   * @param momenta [rows, dimensions]; those that they get there with
   * @param temperatures of each image
   * @param sizes of each image's steps
   */
  void lead(Place place, float[] momenta, double[] temperatures, double[] sizes) {
    push(place, momenta, temperatures, sizes, 0.5);
    for (int step = 1; step <= steps; step++) {
      drift(place, momenta, sizes);
      place.evaluate();
      push(place, momenta, temperatures, sizes, step == steps ? 0.5 : 1);
    }
  }

  /** p += part size (base's slope + temperature rise's slope). */
  private static void push(
      Place place, float[] momenta, double[] temperatures, double[] sizes, double part) {
    int dimensions = place.landscape().dimensions();
    float[] baseSlopes = place.baseSlopes();
    float[] riseSlopes = place.riseSlopes();
    for (int row = 0, from = 0; from < momenta.length; row++, from += dimensions) {
      int image = row % sizes.length;
      float byBase = (float) (part * sizes[image]);
      float byRise = (float) (part * sizes[image] * temperatures[image]);
      for (int d = from; d < from + dimensions; d++) {
        momenta[d] += byBase * baseSlopes[d] + byRise * riseSlopes[d];
      }
    }
  }

  /** states += size p. */
  private static void drift(Place place, float[] momenta, double[] sizes) {
    int dimensions = place.landscape().dimensions();
    float[] states = place.states();
    for (int row = 0, from = 0; from < momenta.length; row++, from += dimensions) {
      float by = (float) sizes[row % sizes.length];
      for (int d = from; d < from + dimensions; d++) {
        states[d] += by * momenta[d];
      }
    }
  }
}
