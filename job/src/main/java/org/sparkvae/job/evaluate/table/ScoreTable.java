package org.sparkvae.job.evaluate.table;

import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.job.evaluate.scoring.EvaluationException;
import org.sparkvae.job.evaluate.scoring.ImageScore;
import org.sparkvae.job.table.MarkedColumns;

/**
 * Scores as a Parquet table that tells which evaluation they are of.
 *
 * @param mark of the evaluation, or of a slice of it; in the metadata of the column {@code id}
 * @param labelNames what labels stand for
 * @param layers stochastic layers of the model
 * @param marks what else its metadata tells of the scores, by the keys of {@link MarkedColumns}
 */
public record ScoreTable(
    SparkSession session,
    String mark,
    Map<Integer, String> labelNames,
    int layers,
    Map<String, String> marks) {
  /** Makes the marks immutable. */
  public ScoreTable {
    marks = Map.copyOf(marks);
  }

  /** One that tells nothing else. */
  public ScoreTable(
      SparkSession session, String mark, Map<Integer, String> labelNames, int layers) {
    this(session, mark, labelNames, layers, Map.of());
  }

  /** The same of a model of one stochastic layer. */
  public ScoreTable(SparkSession session, String mark, Map<Integer, String> labelNames) {
    this(session, mark, labelNames, 1);
  }

  /**
   * Writes the table from the executors, with Spark's committer; {@code _SUCCESS} is written last,
   * also where the cluster's defaults do without.
   *
   * @param images how many scores
   * @param path a folder that does not exist, any Hadoop URI
   * @throws EvaluationException where the driver does not see all that the executors wrote
   */
  public void write(JavaRDD<ImageScore> scores, long images, Path path) {
    session.sparkContext().setJobDescription("evaluate: write " + images + " rows");
    // Not the session, which no task can have.
    Map<Integer, String> names = labelNames;
    try {
      session
          .createDataFrame(scores.map(score -> EvaluationRows.of(score, names)), columns())
          .write()
          .mode(SaveMode.ErrorIfExists)
          .option(FileOutputCommitter.SUCCESSFUL_JOB_OUTPUT_DIR_MARKER, true)
          .parquet(path.toString());
      WrittenRows.check(hadoop(), path, images);
    } finally {
      session.sparkContext().setJobDescription(null);
    }
  }

  private StructType columns() {
    StructType columns = EvaluationRows.marked(mark, layers);
    for (Map.Entry<String, String> of : marks.entrySet()) {
      columns = MarkedColumns.of(columns, of.getKey(), of.getValue());
    }
    return columns;
  }

  /** Whether such a table, whole and with so many scores, is there. */
  public boolean isAt(Path path, long images) {
    return WrittenRows.areThere(hadoop(), path, images, mark);
  }

  /** The scores in tables, in no order, but for layers above the first. */
  public static JavaRDD<ImageScore> read(SparkSession session, List<Path> tables) {
    return read(session, tables, 1);
  }

  /**
   * The scores in tables, in no order.
   *
   * @param layers stochastic layers of the model
   */
  public static JavaRDD<ImageScore> read(SparkSession session, List<Path> tables, int layers) {
    return EvaluationRows.read(session, tables, layers).javaRDD().map(EvaluationRows::score);
  }

  private Configuration hadoop() {
    return session.sparkContext().hadoopConfiguration();
  }
}
