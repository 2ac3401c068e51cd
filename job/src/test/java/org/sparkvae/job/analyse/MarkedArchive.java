package org.sparkvae.job.analyse;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.sparkvae.job.fixtures.LocalSpark;
import org.sparkvae.job.table.MarkedColumns;

/**
 * Two evaluations of two images each, whose metadata tells something of them.
 *
 * @param key what it tells
 * @param own of the run's scores; null where they do not tell
 * @param other of the other scores; null where they do not tell
 */
record MarkedArchive(String key, String own, String other) implements Archive {
  @Override
  public Optional<Dataset<Row>> evaluation() {
    return Optional.of(scores(own));
  }

  @Override
  public Optional<Dataset<Row>> evaluation(String at) {
    return Optional.of(scores(other));
  }

  private Dataset<Row> scores(String mark) {
    return LocalSpark.session()
        .createDataFrame(
            List.of(
                RowFactory.create(0L, -1.0, -1.0, -1.0, true),
                RowFactory.create(1L, -2.0, -2.0, -2.0, true)),
            mark == null ? GivenArchive.SCORES : MarkedColumns.of(GivenArchive.SCORES, key, mark));
  }

  @Override
  public List<Integer> epochs() {
    return List.of();
  }

  @Override
  public int epoch() {
    return 1;
  }

  @Override
  public float[] parameters(int epoch) {
    return new float[0];
  }

  @Override
  public Optional<OtherRun> run(String directory) {
    return Optional.empty();
  }

  @Override
  public OtherModel model(String directory) {
    throw new AnalysisException("no checkpoint of " + directory);
  }

  @Override
  public boolean isOwn(String at) {
    return at.equals("own");
  }
}
