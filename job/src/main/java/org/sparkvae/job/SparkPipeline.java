package org.sparkvae.job;

import org.apache.spark.sql.SparkSession;
import org.sparkvae.job.settings.JobSettings;

/** A pipeline in a Spark session, which ends with it whether it fails or not. */
public final class SparkPipeline implements Pipeline {
  private final Stages stages;

  /** A pipeline of the given stages. */
  public SparkPipeline(Stages stages) {
    this.stages = stages;
  }

  @Override
  public void run(JobSettings settings) throws Exception {
    try (SparkSession spark =
        SparkSession.builder().appName("spark-vae " + settings.run().directory()).getOrCreate()) {
      stages.run(spark, settings);
    }
  }

  /** What runs in the session. */
  @FunctionalInterface
  public interface Stages {
    /**
     * Runs to the end.
     *
     * @throws Exception where it fails
     */
    void run(SparkSession spark, JobSettings settings) throws Exception;
  }
}
