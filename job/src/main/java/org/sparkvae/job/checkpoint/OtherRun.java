package org.sparkvae.job.checkpoint;

import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.settings.reading.ConfigText;

/**
 * The run that {@code training.start-from} names. It is only read, and may be running.
 *
 * @param path its qualified path
 * @param patience of its training, 0 for none
 */
public record OtherRun(FileSystem fileSystem, Path path, int patience) {
  private static final String KEY = "training.start-from";

  /**
   * Looks into a run directory.
   *
   * @param uri any Hadoop URI
   * @param own the directory of the run that is to start from it
   * @param hadoop the file systems' settings
   * @throws SettingsException where there is no run, or it is the own one
   */
  public static OtherRun open(String uri, Path own, Configuration hadoop) {
    try {
      FileSystem fileSystem = RunDirectory.fileSystem(new Path(uri), hadoop);
      Path path = fileSystem.makeQualified(new Path(uri));
      if (path.equals(own)) {
        throw new SettingsException(
            "%s is run.directory itself, %s: name another run, or leave it out to go on with this one"
                .formatted(KEY, path));
      }
      Path config = new Path(path, ConfigText.FILE);
      if (!fileSystem.exists(config)) {
        throw refused(path, "holds no run: name the directory of one");
      }
      try (InputStream in = fileSystem.open(config)) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        return new OtherRun(
            fileSystem, path, ConfigText.parse(text).getInt("training.validation.patience"));
      }
    } catch (IOException | IllegalArgumentException | ConfigException e) {
      throw new SettingsException(
          "%s %s cannot be read (%s): check the path and its permissions, or name another run"
              .formatted(KEY, uri, RunDirectory.firstLine(e)));
    }
  }

  /**
   * The model that it was trained to, the best where it looked for that; of a run that is not
   * trained yet, that of the last whole checkpoint.
   *
   * @throws SettingsException where there is none, or it cannot be read
   */
  public CheckpointStore.Restored model() {
    CheckpointStore checkpoints =
        new CheckpointStore(
            new AtomicFiles(fileSystem, OtherRun::refuseChanges),
            new Path(path, RunDirectory.CHECKPOINTS),
            1,
            warning -> {});
    try {
      CheckpointStore.Restored last =
          checkpoints
              .latest()
              .orElseThrow(
                  () -> refused("holds no whole checkpoint: wait for one, or name another run"));
      boolean trained = fileSystem.exists(new Path(path, RunDirectory.TRAINED));
      Optional<Integer> best = last.state().bestEpoch(patience).filter(epoch -> trained);
      return best.isPresent() ? checkpoints.at(best.get()) : last;
    } catch (IOException | UncheckedIOException e) {
      Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
      throw refused(
          "cannot be read (%s): restore the file, or name another run"
              .formatted(cause.getMessage()));
    }
  }

  /** What to say where nothing can start from it. */
  public SettingsException refused(String why) {
    return refused(path, why);
  }

  private static SettingsException refused(Path path, String why) {
    return new SettingsException("%s %s %s".formatted(KEY, path, why));
  }

  private static void refuseChanges() throws IOException {
    throw new IOException("another run is only read");
  }
}
