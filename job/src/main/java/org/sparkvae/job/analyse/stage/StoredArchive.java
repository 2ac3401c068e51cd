package org.sparkvae.job.analyse.stage;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.job.analyse.Archive;
import org.sparkvae.job.checkpoint.CheckpointStore;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.report.summary.JsonText;
import org.sparkvae.job.settings.reading.ConfigText;
import org.sparkvae.job.table.TablePath;

/**
 * What a run's directory holds beside its model.
 *
 * @param epoch that the model is of
 */
public record StoredArchive(
    SparkSession spark, RunDirectory directory, CheckpointStore checkpoints, int epoch)
    implements Archive {
  private static final List<String> SCORES =
      List.of("log_likelihood", "elbo", "reconstruction", "reliable");

  @Override
  public List<Integer> epochs() {
    return checkpoints.kept();
  }

  @Override
  public float[] parameters(int of) {
    return VaeNetwork.parameters(checkpoints.at(of).network()).toFloatVector();
  }

  @Override
  public Optional<Dataset<Row>> evaluation() {
    return evaluation(directory.path().toString());
  }

  @Override
  public boolean isOwn(String at) {
    try {
      Path named = new Path(at);
      Path path = named.getFileSystem(hadoop()).makeQualified(named);
      return path.equals(directory.path())
          || path.toString().startsWith(directory.path() + Path.SEPARATOR);
    } catch (IOException | IllegalArgumentException unreadable) {
      return false;
    }
  }

  @Override
  public Optional<Dataset<Row>> evaluation(String at) {
    Path named = new Path(at);
    Path inside = new Path(named, RunDirectory.EVALUATION);
    for (Path table : List.of(named, inside)) {
      if (has(new Path(table, FileOutputCommitter.SUCCEEDED_FILE_NAME))) {
        try {
          Dataset<Row> rows = spark.read().parquet(TablePath.literal(table));
          if (List.of(rows.columns()).containsAll(SCORES)) {
            return Optional.of(rows);
          }
        } catch (Exception noTable) { // Spark throws its checked exceptions undeclared.
          continue;
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<OtherRun> run(String other) {
    try {
      Path root = new Path(other);
      // With the defaults of what a run of an earlier version did not know.
      Config config = ConfigText.inUse(ConfigText.parse(text(new Path(root, ConfigText.FILE))));
      Map<String, String> settings = new TreeMap<>();
      config
          .entrySet()
          .forEach(of -> settings.put(of.getKey(), String.valueOf(of.getValue().unwrapped())));
      return Optional.of(
          new OtherRun(settings, JsonText.read(text(new Path(root, RunDirectory.SUMMARY)))));
    } catch (IOException | IllegalArgumentException | ConfigException unreadable) {
      return Optional.empty();
    }
  }

  @Override
  public OtherModel model(String other) {
    return StoredModel.of(other, hadoop());
  }

  private boolean has(Path path) {
    try {
      return path.getFileSystem(hadoop()).exists(path);
    } catch (IOException | IllegalArgumentException unreadable) {
      return false;
    }
  }

  private String text(Path path) throws IOException {
    FileSystem files = path.getFileSystem(hadoop());
    try (InputStream in = files.open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }
}
