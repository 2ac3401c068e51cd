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
import org.sparkvae.job.storage.AtomicFiles;

/**
 * A run that somebody names, as {@code training.start-from} does. It is only read, and may be
 * running.
 *
 * @param key what names it, for messages
 * @param path its qualified path
 * @param patience of its training, 0 for none
 */
public record OtherRun(String key, FileSystem fileSystem, Path path, int patience) {
  private static final String START = "training.start-from";

  /**
   * Looks into the directory of the run that training starts from.
   *
   * @param uri any Hadoop URI
   * @param own the directory of the run that is to start from it
   * @param hadoop the file systems' settings
   * @throws SettingsException where there is no run, or it is the own one
   */
  public static OtherRun open(String uri, Path own, Configuration hadoop) {
    return open(START, uri, Optional.of(own), hadoop);
  }

  /**
   * Looks into a run directory.
   *
   * @param key what names the run, for messages
   * @param uri any Hadoop URI
   * @param hadoop the file systems' settings
   * @throws SettingsException where there is no run
   */
  public static OtherRun open(String key, String uri, Configuration hadoop) {
    return open(key, uri, Optional.empty(), hadoop);
  }

  private static OtherRun open(String key, String uri, Optional<Path> own, Configuration hadoop) {
    try {
      FileSystem fileSystem = RunDirectory.fileSystem(new Path(uri), hadoop);
      Path path = fileSystem.makeQualified(new Path(uri));
      if (own.filter(path::equals).isPresent()) {
        throw new SettingsException(
            "%s is run.directory itself, %s: name another run, or leave it out to go on with this one"
                .formatted(key, path));
      }
      Path config =
          AtomicFiles.standing(fileSystem, new Path(path, ConfigText.FILE))
              .orElseThrow(() -> refused(key, path, "holds no run: name the directory of one"));
      try (InputStream in = fileSystem.open(config)) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        return new OtherRun(
            key, fileSystem, path, ConfigText.parse(text).getInt("training.validation.patience"));
      }
    } catch (IOException | IllegalArgumentException | ConfigException e) {
      throw new SettingsException(
          "%s %s cannot be read (%s): check the path and its permissions, or name another run"
              .formatted(key, uri, RunDirectory.firstLine(e)));
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

  /**
   * What a text file in its directory holds; nothing where there is none.
   *
   * @throws SettingsException where it cannot be read
   */
  public Optional<String> text(String name) {
    try {
      Optional<Path> file = AtomicFiles.standing(fileSystem, new Path(path, name));
      if (file.isEmpty()) {
        return Optional.empty();
      }
      try (InputStream in = fileSystem.open(file.get())) {
        return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw refused(
          "cannot be read (%s): restore %s, or name another run"
              .formatted(RunDirectory.firstLine(e), name));
    }
  }

  /** What to say where nothing can be done with it. */
  public SettingsException refused(String why) {
    return refused(key, path, why);
  }

  private static SettingsException refused(String key, Path path, String why) {
    return new SettingsException("%s %s %s".formatted(key, path, why));
  }

  private static void refuseChanges() throws IOException {
    throw new IOException("another run is only read");
  }
}
