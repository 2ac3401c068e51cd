package org.sparkvae.job.analyse.stage;

import com.typesafe.config.ConfigException;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.job.analyse.AnalysisException;
import org.sparkvae.job.analyse.Archive.OtherModel;
import org.sparkvae.job.checkpoint.OtherRun;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.settings.reading.ConfigText;

/** The model of a run that is compared with others, which is only read. */
final class StoredModel {
  private static final String KEY = "analyse.runs.directories";

  private StoredModel() {}

  /**
   * Reads it.
   *
   * @param directory of the run, any Hadoop URI
   * @param hadoop the file systems' settings
   * @throws AnalysisException where it cannot be read
   */
  static OtherModel of(String directory, Configuration hadoop) {
    try {
      OtherRun run = OtherRun.open(KEY, directory, hadoop);
      MultiLayerNetwork network = run.model().network();
      return new OtherModel(
          VaeNetwork.spec(network),
          VaeNetwork.parameters(network).toFloatVector(),
          ConfigText.parse(run.text(ConfigText.FILE).orElse("")).getLong("seed"));
    } catch (SettingsException | ConfigException unreadable) {
      throw new AnalysisException(unreadable.getMessage());
    }
  }
}
