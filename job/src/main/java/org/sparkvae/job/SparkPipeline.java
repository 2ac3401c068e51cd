package org.sparkvae.job;

import java.util.Map;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.sql.SparkSession;
import org.sparkvae.job.compute.ComputeConf;
import org.sparkvae.job.compute.GpuScheduling;
import org.sparkvae.job.compute.JavacppLimits;
import org.sparkvae.job.compute.NativeLibraries;
import org.sparkvae.job.compute.PlainDigits;
import org.sparkvae.job.compute.SparkAlgebra;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.reading.Secrets;

/** A pipeline in a Spark session, which ends with it whether it fails or not. */
public final class SparkPipeline implements Pipeline {
  /**
   * What a round's exchange of parameters likes: float32 noise does not compress, a result that
   * comes with the task's last message needs no second one to fetch it, and the results of all
   * shards may be as large as the driver's heap. A barrier stage without room for all its tasks is
   * given back at once, as the job itself waits for room. And what Spark is to hide, which knows no
   * credentials by itself.
   */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "spark.broadcast.compress", "false",
          "spark.task.maxDirectResultSize", "100m",
          "spark.driver.maxResultSize", "0",
          "spark.scheduler.barrier.maxConcurrentTasksCheck.maxFailures", "1",
          "spark.redaction.regex", "(?i)secret|password|token|access[.]?key|credential");

  /**
   * In local mode Spark would end the JVM where a task runs out of memory, while the job is about
   * to say so: there the task fails, and the job with it.
   */
  private static final Map<String, String> LOCAL =
      Map.of("spark.executor.killOnFatalError.depth", "0");

  private final Stages stages;

  /** A pipeline of the given stages. */
  public SparkPipeline(Stages stages) {
    this.stages = stages;
  }

  @Override
  public void run(JobSettings settings) throws Exception {
    SparkConf conf = new SparkConf();
    conf.setAppName(Secrets.hideIn("spark-vae " + settings.run().directory()));
    // Results of a round are records, which Spark's Kryo cannot write.
    conf.set("spark.serializer", JavaSerializer.class.getName());
    DEFAULTS.forEach(conf::setIfMissing);
    if (conf.get("spark.master", "").matches("local(\\[.*)?")) {
      LOCAL.forEach(conf::setIfMissing);
    }
    GpuScheduling.check(conf);
    ComputeConf.write(settings.compute(), conf);
    SparkAlgebra.ofExecutors(conf);
    PlainDigits.ofExecutors(conf);
    JavacppLimits.ofExecutors(conf);
    JavacppLimits.ofDriver(conf, System.getProperties());
    LocalUmask.apply(conf, settings.run().directory());
    takeSecret(conf);
    try (SparkSession spark = SparkSession.builder().config(conf).getOrCreate()) {
      NativeLibraries.prepare();
      stages.run(spark, settings);
    }
  }

  /**
   * A worker gives its cluster's secret to a driver that it starts in the environment, where every
   * part of Spark but the context itself looks for it.
   */
  private static void takeSecret(SparkConf conf) {
    String secret = System.getenv(SecurityManager.ENV_AUTH_SECRET());
    if (secret != null) {
      conf.setIfMissing(SecurityManager.SPARK_AUTH_SECRET_CONF(), secret);
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
