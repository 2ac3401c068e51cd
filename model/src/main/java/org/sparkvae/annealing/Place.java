package org.sparkvae.annealing;

/** Where chains are: their states, and both log-densities of the landscape there. */
final class Place {
  private final Landscape landscape;
  private final float[] states;
  private final double[] base;
  private final double[] rise;
  private final float[] baseSlopes;
  private final float[] riseSlopes;

  /** With states 0; {@link #evaluate} after they were set. */
  Place(Landscape landscape) {
    this.landscape = landscape;
    states = new float[Math.multiplyExact(landscape.rows(), landscape.dimensions())];
    base = new double[landscape.rows()];
    rise = new double[landscape.rows()];
    baseSlopes = new float[states.length];
    riseSlopes = new float[states.length];
  }

  Landscape landscape() {
    return landscape;
  }

  /** The states, [rows, dimensions], not a copy. */
  float[] states() {
    return states;
  }

  /** The derivatives of the base's values, [rows, dimensions], not a copy. */
  float[] baseSlopes() {
    return baseSlopes;
  }

  /** The derivatives of the rise's values, [rows, dimensions], not a copy. */
  float[] riseSlopes() {
    return riseSlopes;
  }

  /** Computes the log-densities of the states, and their derivatives. */
  void evaluate() {
    landscape.base(states, base, baseSlopes);
    landscape.rise(states, rise, riseSlopes);
  }

  /** The rise of a row, nats. */
  double rise(int row) {
    return rise[row];
  }

  /** The log-density of a row at a temperature, nats. */
  double logDensity(int row, double temperature) {
    return base[row] + temperature * rise[row];
  }

  /** Takes a row from another place on the same landscape, with all that is known of it. */
  void take(int row, Place from) {
    int dimensions = landscape.dimensions();
    int at = row * dimensions;
    System.arraycopy(from.states, at, states, at, dimensions);
    System.arraycopy(from.baseSlopes, at, baseSlopes, at, dimensions);
    System.arraycopy(from.riseSlopes, at, riseSlopes, at, dimensions);
    base[row] = from.base[row];
    rise[row] = from.rise[row];
  }
}
