package org.sparkvae.job.evaluate;

import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * The outcome of an importance-sampling pass: a summary on the driver, and the images' rows on the
 * executors, in Spark's shuffle files, from which they are read without computing anything twice.
 */
public final class Evaluation {
  private final JavaRDD<ImageScore> scores;
  private final EvaluationSummary summary;

  Evaluation(JavaRDD<ImageScore> scores, EvaluationSummary summary) {
    this.scores = scores;
    this.summary = summary;
  }

  /** The whole test set in numbers. */
  public EvaluationSummary summary() {
    return summary;
  }

  /** The images' scores, sorted by id. */
  JavaRDD<ImageScore> scores() {
    return scores;
  }

  /** The scores as {@link EvaluationRows#SCHEMA} has them, sorted by id. */
  public Dataset<Row> rows(SparkSession session) {
    return session.createDataFrame(scores.map(EvaluationRows::of), EvaluationRows.SCHEMA);
  }

  /**
   * Writes the rows to Parquet from the executors, with Spark's committer; {@code _SUCCESS} is
   * written last, also where the cluster's defaults do without.
   *
   * @param path a folder that does not exist, any Hadoop URI
   * @throws EvaluationException where the driver does not see all that the executors wrote
   */
  public void write(SparkSession session, String path) {
    session.sparkContext().setJobDescription("evaluate: write " + summary.images() + " rows");
    try {
      rows(session)
          .write()
          .mode(SaveMode.ErrorIfExists)
          .option(FileOutputCommitter.SUCCESSFUL_JOB_OUTPUT_DIR_MARKER, true)
          .parquet(path);
      WrittenRows.check(
          session.sparkContext().hadoopConfiguration(), new Path(path), summary.images());
    } finally {
      session.sparkContext().setJobDescription(null);
    }
  }
}
