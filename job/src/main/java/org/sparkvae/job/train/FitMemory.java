package org.sparkvae.job.train;

import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkvae.job.compute.ExecutorHeap;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.network.Shape;
import org.sparkvae.vae.Fit;

/**
 * What the sums of a fit take of memory.
 *
 * <p>With sums of W bytes, a task holds its own, the bytes that they are turned into, and, where it
 * adds up, another's: 3 W of the heap, and 2 W outside of it while it sums. The driver holds the
 * sums of all images, those of a part that it adds, and the whole symmetric matrix: 4 W of the
 * heap, and outside of it the matrix once more and what LAPACK works in, another 4 W.
 *
 * @param values of an image
 * @param sums W, bytes
 */
public record FitMemory(int values, long sums) {
  private static final int TIMES = 4;
  private static final double MIB = 1 << 20;

  /** That of a fit to images of a shape. */
  public static FitMemory of(Fit<?> fit, Shape x) {
    return new FitMemory(x.values(), fit.bytes(x));
  }

  /**
   * Refuses what cannot be held here, before anything is allocated.
   *
   * @param outside bytes that arrays may take outside the driver's heap; 0 for any number
   * @throws SettingsException where driver or executors have less
   */
  public void checkFit(JavaSparkContext spark, long outside) {
    check("the driver's heap", Runtime.getRuntime().maxMemory(), "--driver-memory");
    check(
        "arrays outside the driver's heap",
        outside > 0 ? outside : Long.MAX_VALUE,
        "--driver-memory");
    ExecutorHeap.of(spark)
        .ifPresent(heap -> check("an executor's heap", heap.bytes(), "--executor-memory"));
  }

  /** Arrays and what is serialised have no more than 2 GiB. */
  private void check(String place, long room, String option) {
    if (TIMES * sums > Math.min(room, TIMES * (long) Integer.MAX_VALUE)) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "a fit to images of %,d values sums up the products of all pairs, %,.0f MiB, and takes %,.0f MiB of %s, which may have %,.0f: give more (%s, or SPARK_VAE_DRIVER_MEMORY of submit/local), or make the images smaller (data.resize)",
              values,
              sums / MIB,
              TIMES * sums / MIB,
              place,
              Math.min(room, TIMES * (double) Integer.MAX_VALUE) / MIB,
              option));
    }
  }
}
