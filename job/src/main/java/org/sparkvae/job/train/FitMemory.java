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
 * <p>With sums of W bytes, a task takes 2 W outside of the heap while it sums up, then holds its
 * sums, the bytes that they are turned into, and another's that it adds: 3 W. The driver holds the
 * sums of all images, W, the whole symmetric matrix, 2 W, and what LAPACK changes of it, 2 W; and
 * outside of the heap two more such matrices, 4 W.
 *
 * @param values of an image
 * @param sums W, bytes
 */
public record FitMemory(int values, long sums) {
  private static final int OF_A_TASK = 3;
  private static final int OF_THE_DRIVER = 5;
  private static final int OUTSIDE = 4;
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
    // What a task returns is serialised into one array.
    check(1, "an array", Integer.MAX_VALUE, "make the images smaller (data.resize)");
    String driver =
        "give the driver more memory (SPARK_VAE_DRIVER_MEMORY of submit/local, else"
            + " --driver-memory), or make the images smaller (data.resize)";
    check(OF_THE_DRIVER, "the driver's heap", Runtime.getRuntime().maxMemory(), driver);
    if (outside > 0) {
      check(OUTSIDE, "memory outside the driver's heap", outside, driver);
    }
    ExecutorHeap.of(spark)
        .ifPresent(
            heap ->
                check(
                    OF_A_TASK,
                    "an executor's heap",
                    heap.bytes(),
                    "give executors more memory (--executor-memory), or make the images smaller"
                        + " (data.resize)"));
  }

  private void check(int times, String place, long room, String advice) {
    if (times * sums > room) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "the fit sums up the products of all pairs of an image's %,d values, which takes %,.0f MiB of %s, where there are %,.0f: %s",
              values,
              times * sums / MIB,
              place,
              room / MIB,
              advice));
    }
  }
}
