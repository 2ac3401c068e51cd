package org.sparkvae.job.scheduling;

import org.apache.spark.SparkContext;

/** The tasks that a Spark application can run at once. */
public final class Slots {
  private Slots() {}

  /** How many there are now, busy or not. */
  public static int of(SparkContext spark) {
    return spark.maxNumConcurrentTasks(spark.resourceProfileManager().defaultResourceProfile());
  }
}
