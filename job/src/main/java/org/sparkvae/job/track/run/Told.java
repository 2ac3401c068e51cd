package org.sparkvae.job.track.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sparkvae.job.settings.reading.Secrets;
import org.sparkvae.job.track.Tracker;

/**
 * What a tracker was told of a run, as {@code tracking.json} holds it.
 *
 * @param place of the tracker, without secrets
 * @param run what it knows the run by
 * @param epochs the last that it was told of; 0 for none
 * @param done whether it was told that the run came to its end
 * @param files that it was given, each by its name with a checksum of its content
 */
record Told(String place, String run, int epochs, boolean done, Map<String, String> files) {
  private static final String PLACE = "place";
  private static final String RUN = "run";
  private static final String EPOCHS = "epochs";
  private static final String DONE = "done";
  private static final String FILES = "files";

  Told {
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
  }

  /** Nothing yet but that a run began. */
  static Told nothing(Tracker tracker, String run) {
    return new Told(placeOf(tracker), run, 0, false, Map.of());
  }

  /** What an entry of the file says, where that is of the same tracker. */
  static Optional<Told> read(Object entry, Tracker tracker) {
    if (entry instanceof Map<?, ?> of
        && placeOf(tracker).equals(of.get(PLACE))
        && of.get(RUN) instanceof String run
        && of.get(EPOCHS) instanceof Integer epochs
        && of.get(DONE) instanceof Boolean done
        && of.get(FILES) instanceof Map<?, ?> named) {
      Map<String, String> files = new LinkedHashMap<>();
      named.forEach((name, sum) -> files.put(String.valueOf(name), String.valueOf(sum)));
      return Optional.of(new Told(placeOf(tracker), run, epochs, done, files));
    }
    return Optional.empty();
  }

  private static String placeOf(Tracker tracker) {
    return Secrets.hideIn(tracker.place());
  }

  /** As an entry of the file. */
  Map<String, Object> entry() {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put(PLACE, place);
    entry.put(RUN, run);
    entry.put(EPOCHS, epochs);
    entry.put(DONE, done);
    entry.put(FILES, files);
    return entry;
  }

  Told withEpochs(int last) {
    return new Told(place, run, last, done, files);
  }

  Told withDone(boolean whether) {
    return new Told(place, run, epochs, whether, files);
  }

  Told withFile(String name, String sum) {
    Map<String, String> more = new LinkedHashMap<>(files);
    more.put(name, sum);
    return new Told(place, run, epochs, done, more);
  }
}
