package org.sparkvae.job.bench;

import java.util.SortedMap;

/**
 * A row of the table: one engine in one phase, over all repeats.
 *
 * @param phase what was measured
 * @param engine what ran
 * @param workers that ran at once
 * @param rate over the repeats, in the phase's unit
 * @param floorShare the matrix products' time at the measured sgemm rate of as many cores, as a
 *     share of the time taken; null where there are no images or no sgemm rate
 * @param overheadShare of the time, what was not spent in the slowest worker (Spark's part); null
 *     where that is not known
 * @param ratios the median as a multiple of each peer's, by its {@link #name}
 */
record Row(
    Phase phase,
    String engine,
    int workers,
    Spread rate,
    Double floorShare,
    Double overheadShare,
    SortedMap<String, Double> ratios) {
  /** Engine and workers, such as "spark-vae x2". */
  String name() {
    return name(engine, workers);
  }

  static String name(String engine, int workers) {
    return engine + " x" + workers;
  }

  boolean isPeer() {
    return engine.startsWith(Measurement.PEER);
  }
}
