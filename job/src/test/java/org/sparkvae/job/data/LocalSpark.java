package org.sparkvae.job.data;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.sql.SparkSession;

/** The one Spark session of the tests' JVM: two task slots, no user interface. */
final class LocalSpark {
  private LocalSpark() {}

  static SparkSession session() {
    Configurator.setRootLevel(Level.OFF);
    return SparkSession.builder()
        .master("local[2]")
        .appName("data")
        .config("spark.ui.enabled", false)
        // Compiling a query costs more than running it on a few rows.
        .config("spark.sql.codegen.wholeStage", false)
        .config("spark.sql.shuffle.partitions", 3)
        .config("spark.driver.host", "localhost")
        .getOrCreate();
  }
}
