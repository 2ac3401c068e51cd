package org.sparkvae.job.bench;

/**
 * One repeat's speed of one phase.
 *
 * @param phase what was measured, which tells the rate's unit
 * @param engine what ran, such as "spark-vae"
 * @param workers that ran at once, each on one core
 * @param rate GFLOP/s or images/s, see {@link Phase}
 * @param computeShare of the time, what the slowest worker spent on its images, from 0 to 1; null
 *     where that is not known
 */
record Measurement(Phase phase, String engine, int workers, double rate, Double computeShare) {
  /** The engine's name of this project. */
  static final String OURS = "spark-vae";

  /** What the names of engines start with that others are held against. */
  static final String PEER = "PyTorch";
}
