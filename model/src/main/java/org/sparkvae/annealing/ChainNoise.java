package org.sparkvae.annealing;

import org.sparkvae.noise.Noise;

/**
 * The noise of an image's chains: it depends on the image, the chain and the temperature alone.
 *
 * @param seed of the run
 * @param purpose what the chains are for
 * @param image its id
 * @param first number of the first chain
 */
record ChainNoise(long seed, Noise.Purpose purpose, long image, long first) {
  /** The key of the noise that chains start from. */
  long start() {
    return Noise.key(seed, purpose, 0, image);
  }

  /**
   * Draws standard normals for a move of each chain.
   *
   * @param move its number, from 1 on
   * @param place of the image
   * @param momenta [rows, dimensions], whose rows of the image are set
   */
  void momenta(int move, int place, Landscape landscape, float[] momenta) {
    int columns = landscape.dimensions();
    int stride = landscape.images() * columns;
    Noise.normal(key(move), first, landscape.chains(), momenta, place * columns, stride, columns);
  }

  /** As {@link #momenta}, a uniform number in [0, 1) for each chain, [rows]. */
  void uniforms(int move, int place, Landscape landscape, float[] uniforms) {
    long key = Noise.stream(key(move), 1);
    for (int c = 0; c < landscape.chains(); c++) {
      Noise.uniform(key, first + c, uniforms, place + c * landscape.images(), 1);
    }
  }

  private long key(int move) {
    return Noise.key(seed, purpose, move, image);
  }
}
