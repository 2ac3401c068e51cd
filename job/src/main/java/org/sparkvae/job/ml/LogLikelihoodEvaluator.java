package org.sparkvae.job.ml;

import static org.apache.spark.sql.functions.avg;

import java.util.Arrays;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** The mean of the estimates of log p(x), nats, by which CrossValidator chooses among models. */
public class LogLikelihoodEvaluator extends Evaluator implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Param<String> logLikelihoodCol;

  /** An evaluator of a uid of its own. */
  public LogLikelihoodEvaluator() {
    this(Identifiable.randomUID("logLikelihood"));
  }

  /** An evaluator of a given uid. */
  public LogLikelihoodEvaluator(String uid) {
    // Before any Param, which asks its parent for it.
    this.uid = uid;
    logLikelihoodCol =
        new Param<>(this, "logLikelihoodCol", "column of estimates of log p(x), nats");
    setDefault(logLikelihoodCol, "logLikelihood");
  }

  @Override
  public String uid() {
    return uid;
  }

  /** The column of estimates. */
  public Param<String> logLikelihoodCol() {
    return logLikelihoodCol;
  }

  public String getLogLikelihoodCol() {
    return getOrDefault(logLikelihoodCol);
  }

  public LogLikelihoodEvaluator setLogLikelihoodCol(String value) {
    return (LogLikelihoodEvaluator) set(logLikelihoodCol, value);
  }

  /**
   * The mean, over the rows that have an estimate.
   *
   * @throws IllegalArgumentException where there is no such column or row, in one line
   */
  @Override
  public double evaluate(Dataset<?> dataset) {
    String name = getLogLikelihoodCol();
    boolean there = Arrays.asList(dataset.schema().fieldNames()).contains(name);
    if (!there || !dataset.schema().apply(name).dataType().equals(DataTypes.DoubleType)) {
      throw new IllegalArgumentException(
          "no column '%s' of doubles; set logLikelihoodCol to the one of VaeModel, and its samples above 0"
              .formatted(name));
    }
    Row mean = dataset.toDF().agg(avg(OutputColumns.named(name))).first();
    if (mean.isNullAt(0)) {
      throw new IllegalArgumentException(
          "column '%s' holds no estimate of log p(x): there are no rows".formatted(name));
    }
    return mean.getDouble(0);
  }

  @Override
  public boolean isLargerBetter() {
    return true;
  }

  @Override
  public LogLikelihoodEvaluator copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** What reads an evaluator that was saved. */
  public static MLReader<LogLikelihoodEvaluator> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads an evaluator that was saved. */
  public static LogLikelihoodEvaluator load(String path) {
    return read().load(path);
  }
}
