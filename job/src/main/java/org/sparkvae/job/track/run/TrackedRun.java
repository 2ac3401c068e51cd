package org.sparkvae.job.track.run;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparkvae.archive.CheckpointFiles;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.checkpoint.StoredPictures;
import org.sparkvae.job.report.summary.JsonText;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.reading.ConfigText;
import org.sparkvae.job.settings.reading.Secrets;
import org.sparkvae.job.track.RunFacts;
import org.sparkvae.job.track.Tracker;

/** The trackers of a run; nothing here throws for their sake. */
public final class TrackedRun implements AutoCloseable {
  /** No trackers. */
  public static final TrackedRun UNTRACKED = new TrackedRun(null, List.of(), line -> {});

  private final RunDirectory directory;
  private final List<Teller> tellers;
  private final Consumer<String> warnings;
  private boolean done;

  private TrackedRun(RunDirectory directory, List<Teller> tellers, Consumer<String> warnings) {
    this.directory = directory;
    this.tellers = tellers;
    this.warnings = warnings;
  }

  /**
   * Begins to tell the trackers that the settings choose, or goes on with it.
   *
   * @param directory of the run, which is begun
   * @param warnings is told of each tracker that fails, in a line
   */
  public static TrackedRun begin(
      JobSettings settings,
      RunDirectory directory,
      Configuration hadoop,
      Consumer<String> warnings) {
    List<Tracker> trackers = trackers(settings, directory, hadoop);
    return trackers.isEmpty()
        ? UNTRACKED
        : begin(trackers, facts(settings, directory), directory, warnings);
  }

  static TrackedRun begin(
      List<Tracker> trackers, RunFacts facts, RunDirectory directory, Consumer<String> warnings) {
    ToldFile file = new ToldFile(directory);
    List<Teller> tellers = new ArrayList<>();
    for (Tracker tracker : trackers) {
      Teller teller = new Teller(tracker, file, warnings);
      teller.begin(facts);
      tellers.add(teller);
    }
    return new TrackedRun(directory, List.copyOf(tellers), warnings);
  }

  /** Whether the settings choose a tracker that was not told of the end of the run. */
  public static boolean lacksEnd(JobSettings settings, RunDirectory directory, Configuration hadoop)
      throws IOException {
    ToldFile file = new ToldFile(directory);
    for (Tracker tracker : trackers(settings, directory, hadoop)) {
      if (!file.of(tracker).map(Told::done).orElse(false)) {
        return true;
      }
    }
    return false;
  }

  private static List<Tracker> trackers(
      JobSettings settings, RunDirectory directory, Configuration hadoop) {
    List<Tracker> trackers = new ArrayList<>();
    settings.tracking().mlflow().tracker(System.getenv()).ifPresent(trackers::add);
    Path events = new Path(directory.path(), RunDirectory.TENSORBOARD);
    settings.tracking().tensorboard().tracker(events, hadoop).ifPresent(trackers::add);
    return trackers;
  }

  private static RunFacts facts(JobSettings settings, RunDirectory directory) {
    Config config = ConfigFactory.parseString(ConfigText.of(settings.config()));
    Map<String, String> flat = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : config.entrySet()) {
      String value = String.valueOf(entry.getValue().unwrapped());
      flat.put(
          String.join(".", ConfigUtil.splitPath(entry.getKey())), value.isEmpty() ? "\"\"" : value);
    }
    return new RunFacts(
        directory.path().getName(), Secrets.hideIn(directory.path().toString()), flat);
  }

  /** Whether there is any tracker. */
  public boolean isTracked() {
    return !tellers.isEmpty();
  }

  /** Tells of epochs, of those that were not told before; what takes too long may wait. */
  public void epochs(List<EpochRecord> records) {
    tellers.forEach(teller -> teller.epochs(records));
  }

  /**
   * Tells what has come of the run, as its directory holds it, where that was not told before:
   * results, pictures, page and model.
   *
   * @param epoch of the model
   * @param history of all epochs
   */
  public void finish(int epoch, List<EpochRecord> history) {
    done = true;
    if (tellers.isEmpty()) {
      return;
    }
    try {
      for (Teller teller : tellers) {
        teller.remaining(history);
      }
      Optional<String> summary = directory.text(RunDirectory.SUMMARY);
      summary.ifPresent(
          text -> tellers.forEach(teller -> teller.results(epoch, text, numbers(text))));
      StoredPictures pictures = directory.pictures();
      for (String name : pictures.names()) {
        byte[] png = pictures.read(name);
        tellers.forEach(teller -> teller.picture(epoch, name, png));
      }
      for (String name : List.of(RunDirectory.REPORT, RunDirectory.SUMMARY)) {
        file(name, name);
      }
      String model = CheckpointFiles.name(epoch) + "/" + CheckpointFiles.MODEL;
      file(CheckpointFiles.DIRECTORY + "/" + model, "model/" + CheckpointFiles.MODEL);
    } catch (IOException e) {
      warnings.accept("tracking: the run directory cannot be read: " + e.getMessage());
    }
  }

  private void file(String name, String path) throws IOException {
    if (tellers.stream().anyMatch(Teller::keepsFiles)) {
      Optional<byte[]> content = directory.bytes(name);
      content.ifPresent(bytes -> tellers.forEach(teller -> teller.file(path, bytes)));
    }
  }

  /** The numbers of a summary; those within lists and maps are in the file alone. */
  private static Map<String, Double> numbers(String summary) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    JsonText.read(summary)
        .forEach(
            (name, value) -> {
              if (value instanceof Number number) {
                numbers.put(name, number.doubleValue());
              }
            });
    return numbers;
  }

  @Override
  public void close() {
    tellers.forEach(teller -> teller.end(done));
  }
}
