package org.sparkvae.job.analyse;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.job.fixtures.LinearGaussian;
import org.sparkvae.job.fixtures.LocalSpark;

/**
 * What a test makes up beside a model.
 *
 * @param epochs whose checkpoints are there
 * @param own scores of the run's test images
 * @param others scores of other images, at "there"
 * @param runs by their directories
 * @param models of them
 */
record GivenArchive(
    List<Integer> epochs,
    double[] own,
    double[] others,
    Map<String, OtherRun> runs,
    Map<String, OtherModel> models)
    implements Archive {
  /** Columns of scores. */
  static final StructType SCORES =
      new StructType()
          .add("id", LongType, false)
          .add("log_likelihood", DoubleType, false)
          .add("elbo", DoubleType, false)
          .add("reconstruction", DoubleType, false)
          .add("reliable", BooleanType, true);

  GivenArchive(List<Integer> epochs, double[] own, double[] others, Map<String, OtherRun> runs) {
    this(epochs, own, others, runs, Map.of());
  }

  @Override
  public int epoch() {
    return 20;
  }

  @Override
  public float[] parameters(int epoch) {
    return LinearGaussian.parameters(0, epoch);
  }

  @Override
  public Optional<Dataset<Row>> evaluation() {
    return own.length == 0 ? Optional.empty() : Optional.of(scores(own));
  }

  @Override
  public Optional<Dataset<Row>> evaluation(String at) {
    return at.equals("there") ? Optional.of(scores(others)) : Optional.empty();
  }

  private static Dataset<Row> scores(double[] of) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < of.length; i++) {
      rows.add(RowFactory.create((long) i, of[i], -of[i], 0.0, i == 0 ? false : null));
    }
    return LocalSpark.session().createDataFrame(rows, SCORES);
  }

  @Override
  public Optional<OtherRun> run(String directory) {
    return Optional.ofNullable(runs.get(directory));
  }

  @Override
  public OtherModel model(String directory) {
    if (!models.containsKey(directory)) {
      throw new AnalysisException("no checkpoint of " + directory);
    }
    return models.get(directory);
  }

  @Override
  public boolean isOwn(String at) {
    return at.equals("own");
  }
}
