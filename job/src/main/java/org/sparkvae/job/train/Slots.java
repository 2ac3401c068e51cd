package org.sparkvae.job.train;

import org.apache.spark.SparkContext;

/** The tasks that a Spark application can run at once. */
final class Slots {
  private Slots() {}

  /** How many there are now, busy or not. */
  static int of(SparkContext spark) {
    return spark.maxNumConcurrentTasks(spark.resourceProfileManager().defaultResourceProfile());
  }
}
