package org.sparkvae.job.analyse;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sparkvae.vae.ImageModel;

/** What the directory of the run that a model is of holds beside the model, and other runs' do. */
public interface Archive {
  /** The epochs whose checkpoints are there, rising. */
  List<Integer> epochs();

  /** The epoch that the model under analysis is of. */
  int epoch();

  /**
   * The parameters after an epoch.
   *
   * @throws java.io.UncheckedIOException where the checkpoint is not whole
   */
  float[] parameters(int epoch);

  /** The scores of the run's own evaluation; empty where it has none. */
  Optional<Dataset<Row>> evaluation();

  /**
   * Whether a path lies in the run's own directory, where results may be still to come.
   *
   * @param at any Hadoop URI
   */
  boolean isOwn(String at);

  /**
   * The scores of another evaluation; empty where there is none that is whole.
   *
   * @param at {@code evaluation.parquet} or the directory that has one, any Hadoop URI
   */
  Optional<Dataset<Row>> evaluation(String at);

  /**
   * Another run; empty where it is none, or has no results.
   *
   * @param directory of the run, any Hadoop URI
   */
  Optional<OtherRun> run(String directory);

  /**
   * The model of another run, as it was trained, or has come to.
   *
   * @param directory of the run, any Hadoop URI
   * @throws AnalysisException where it cannot be read
   */
  OtherModel model(String directory);

  /**
   * A run's results.
   *
   * @param settings of its {@code config.conf} but for those of kinds that are not chosen, by their
   *     paths
   * @param summary of its {@code summary.json}
   */
  record OtherRun(Map<String, String> settings, Map<String, Object> summary) {}

  /**
   * The model of a run.
   *
   * @param spec its parts
   * @param parameters the flat parameter vector
   * @param seed of the run
   */
  record OtherModel(ImageModel spec, float[] parameters, long seed) {}
}
