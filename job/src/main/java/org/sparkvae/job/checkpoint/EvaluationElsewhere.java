package org.sparkvae.job.checkpoint;

import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.settings.reading.ConfigDifference;
import org.sparkvae.job.settings.reading.ConfigText;
import org.sparkvae.job.storage.AtomicFiles;
import org.sparkvae.job.storage.LockOwner;
import org.sparkvae.job.storage.RunLock;

/**
 * The directory that {@code evaluation.directory} names, for one evaluation of any run; open, it
 * belongs to this job alone, as a {@link RunDirectory} does.
 */
public final class EvaluationElsewhere implements AutoCloseable {
  private static final String KEY = "evaluation.directory";

  private static final List<String> OURS =
      List.of(
          ConfigText.FILE,
          EvaluationDirectory.SUCCESS,
          RunDirectory.BAD_IMAGES,
          RunDirectory.EVALUATION,
          RunDirectory.EVALUATION_CSV,
          RunDirectory.PICTURES,
          RunDirectory.SLICES,
          RunDirectory.SUMMARY,
          RunLock.NAME);

  private final LockedDirectory locked;
  private final EvaluationDirectory directory;

  private EvaluationElsewhere(LockedDirectory locked, EvaluationDirectory directory) {
    this.locked = locked;
    this.directory = directory;
  }

  /**
   * Opens the directory, making it where there is none, and clears up after a killed job.
   *
   * @param settings of the evaluation, settled with its run
   * @param hadoop the file systems' settings
   * @param application Spark's application id
   * @throws SettingsException where it cannot be used: it is in use, it holds an evaluation with
   *     other settings or something else, or the file system refuses
   */
  public static EvaluationElsewhere open(
      JobSettings settings, Configuration hadoop, String application) {
    return LockedDirectory.open(
        new LockedDirectory.Place(KEY, settings.run().evaluationDirectory(), hadoop),
        LockOwner.current(application),
        Clock.systemUTC(),
        EvaluationElsewhere::requireNothingElse,
        locked -> {
          EvaluationDirectory directory = new EvaluationDirectory(locked.named());
          directory.recover();
          requireSame(directory, settings);
          return new EvaluationElsewhere(locked, directory);
        });
  }

  public EvaluationDirectory directory() {
    return directory;
  }

  /** Gives the directory back. */
  @Override
  public void close() throws IOException {
    locked.close();
  }

  /**
   * What to do where the directory holds another evaluation.
   *
   * @param which what is other about it
   */
  public static SettingsException otherEvaluation(Path path, String which) {
    return new SettingsException(
        "%s %s holds an evaluation %s: choose another directory, or leave %s out"
            .formatted(KEY, path, which, KEY));
  }

  private static void requireNothingElse(FileSystem fileSystem, Path root) throws IOException {
    List<String> names = new ArrayList<>();
    for (FileStatus entry : fileSystem.listStatus(root)) {
      names.add(entry.getPath().getName());
    }
    names.sort(null);
    boolean known =
        names.contains(ConfigText.FILE)
            || names.contains(AtomicFiles.old(new Path(root, ConfigText.FILE)).getName());
    for (String name : names) {
      boolean ours = known ? OURS.contains(name) : name.equals(RunLock.NAME);
      if (!ours && !AtomicFiles.isLeftover(name)) {
        throw new SettingsException(
            "%s %s holds other files, such as %s: choose another directory"
                .formatted(KEY, root, name));
      }
    }
  }

  private static void requireSame(EvaluationDirectory directory, JobSettings settings)
      throws IOException {
    Optional<String> stored = directory.text(ConfigText.FILE);
    if (stored.isEmpty()) {
      return;
    }
    List<String> keys = new ArrayList<>();
    try {
      ConfigDifference difference =
          ConfigDifference.between(ConfigText.parse(stored.get()), settings.config());
      keys.addAll(difference.training());
      keys.addAll(difference.evaluation());
    } catch (ConfigException e) {
      throw otherEvaluation(directory.path(), "whose config.conf cannot be read");
    }
    if (!keys.isEmpty()) {
      throw otherEvaluation(directory.path(), "with other values of " + String.join(", ", keys));
    }
  }
}
