package org.sparkvae.job.track.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.checkpoint.EpochTable;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.storage.UnwritableException;
import org.sparkvae.job.track.RunFacts;
import org.sparkvae.job.track.Tracker;

/**
 * Tells one tracker of a run what it was not told before, and stores that it was. A job that is
 * killed between the two tells it once more.
 */
final class Teller {
  private static final Duration SHORT = Duration.ofSeconds(10);
  private static final Duration FILE = Duration.ofSeconds(60);
  private static final Duration ALL_FILES = Duration.ofSeconds(120);

  private final Tracker tracker;
  private final ToldFile file;
  private final Consumer<String> warnings;
  private final Guard guard;
  private final SortedMap<Integer, Map<String, Double>> waiting = new TreeMap<>();
  private Told told;
  private boolean takesFiles = true;
  private Duration forFiles = ALL_FILES;

  Teller(Tracker tracker, ToldFile file, Consumer<String> warnings) {
    this.tracker = tracker;
    this.file = file;
    this.warnings = warnings;
    this.guard = new Guard(tracker, warnings);
  }

  /** Begins the run, or goes on with it. */
  void begin(RunFacts facts) {
    try {
      Optional<Told> before = file.of(tracker);
      String[] run = new String[1];
      if (guard.tell(SHORT, () -> run[0] = tracker.begin(facts, before.map(Told::run)))) {
        told = before.orElseGet(() -> Told.nothing(tracker, run[0]));
        store(of -> of.withDone(false));
      }
    } catch (IOException e) {
      guard.fail(RunDirectory.TRACKING + " cannot be read: " + e.getMessage());
    }
  }

  /** Tells of epochs, unless that should wait. */
  void epochs(List<EpochRecord> records) {
    if (guard.isTold()) {
      records.stream()
          .filter(of -> of.epoch() > told.epochs())
          .forEach(of -> waiting.put(of.epoch(), EpochTable.figures(of)));
      if (guard.isQuick()) {
        tellWaiting();
      }
    }
  }

  /** Tells of all epochs that it was not told of. */
  void remaining(List<EpochRecord> history) {
    if (guard.isTold()) {
      epochs(history);
      tellWaiting();
    }
  }

  private void tellWaiting() {
    if (!waiting.isEmpty()) {
      SortedMap<Integer, Map<String, Double>> some = new TreeMap<>(waiting);
      if (guard.tell(SHORT, () -> tracker.epochs(some))) {
        waiting.clear();
        store(of -> of.withEpochs(some.lastKey()));
      }
    }
  }

  /** Tells the numbers of a summary. */
  void results(int epoch, String summary, Map<String, Double> numbers) {
    // Told by another name than the file's, which is given for itself.
    String name = "results";
    String sum = sum(summary.getBytes(StandardCharsets.UTF_8));
    if (isFresh(name, sum) && guard.tell(SHORT, () -> tracker.results(epoch, numbers))) {
      store(of -> of.withFile(name, sum));
    }
  }

  void picture(int epoch, String name, byte[] png) {
    give("pictures/" + name + ".png", png, () -> tracker.picture(epoch, name, png));
  }

  boolean keepsFiles() {
    return guard.isTold() && tracker.keepsFiles();
  }

  void file(String path, byte[] content) {
    if (tracker.keepsFiles()) {
      give(path, content, () -> tracker.file(path, content));
    }
  }

  private void give(String name, byte[] content, Guard.Telling telling) {
    String sum = sum(content);
    if (!isFresh(name, sum) || !takesFiles()) {
      return;
    }
    long before = System.nanoTime();
    if (guard.tell(forFiles.compareTo(FILE) < 0 ? forFiles : FILE, telling)) {
      store(of -> of.withFile(name, sum));
    }
    Duration left = forFiles.minusNanos(System.nanoTime() - before);
    forFiles = left.isNegative() ? Duration.ZERO : left;
  }

  private boolean isFresh(String name, String sum) {
    return guard.isTold() && !sum.equals(told.files().get(name));
  }

  private boolean takesFiles() {
    if (takesFiles && tracker.refusesFiles().isPresent()) {
      takesFiles = false;
      warnings.accept(
          "tracking: %s at %s takes no pictures and no model: %s"
              .formatted(tracker.name(), tracker.place(), tracker.refusesFiles().get()));
    }
    return takesFiles;
  }

  /** Ends the run for now. */
  void end(boolean done) {
    if (guard.tell(SHORT, () -> tracker.end(done))) {
      store(of -> of.withDone(done));
    }
    guard.close();
  }

  private void store(UnaryOperator<Told> change) {
    told = change.apply(told);
    try {
      file.store(tracker, told);
    } catch (UnwritableException e) {
      guard.fail(e.getMessage());
    }
  }

  private static String sum(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    return Long.toHexString(crc.getValue());
  }
}
