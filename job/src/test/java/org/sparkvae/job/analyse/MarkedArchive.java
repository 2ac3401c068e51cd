package org.sparkvae.job.analyse;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sparkvae.job.fixtures.LocalSpark;
import org.sparkvae.job.table.MarkedColumns;

/**
 * Two evaluations, which tell of what models they are.
 *
 * @param own the run's model; null where its scores do not tell
 * @param other that of the other scores; null where they do not tell
 */
record MarkedArchive(String own, String other) implements Archive {
  @Override
  public Optional<Dataset<Row>> evaluation() {
    return Optional.of(scores(own));
  }

  @Override
  public Optional<Dataset<Row>> evaluation(String at) {
    return Optional.of(scores(other));
  }

  private static Dataset<Row> scores(String model) {
    return LocalSpark.session()
        .createDataFrame(
            List.of(),
            model == null
                ? GivenArchive.SCORES
                : MarkedColumns.of(GivenArchive.SCORES, MarkedColumns.MODEL, model));
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
