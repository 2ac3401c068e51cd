package org.sparkvae.job.track.tensorboard;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparkvae.job.track.RunFacts;
import org.sparkvae.job.track.Tracker;

/** Writes an event file a start of a run, once there is something to write. */
final class EventTracker implements Tracker {
  private static final double MILLIS = 1e3;

  private final Path directory;
  private final Configuration hadoop;
  private final Clock clock = Clock.systemUTC();
  private EventFile file;

  EventTracker(Path directory, Configuration hadoop) {
    this.directory = directory;
    this.hadoop = hadoop;
  }

  @Override
  public String name() {
    return "tensorboard";
  }

  @Override
  public String place() {
    return directory.toString();
  }

  @Override
  public String advice() {
    return "check tracking.tensorboard.directory, its permissions and the room there";
  }

  @Override
  public String begin(RunFacts run, Optional<String> before) {
    return run.name();
  }

  @Override
  public void epochs(SortedMap<Integer, Map<String, Double>> measures) throws IOException {
    for (Map.Entry<Integer, Map<String, Double>> epoch : measures.entrySet()) {
      scalars(epoch.getKey(), "", epoch.getValue());
    }
  }

  @Override
  public void results(int epoch, Map<String, Double> results) throws IOException {
    scalars(epoch, "results/", results);
  }

  @Override
  public void picture(int epoch, String name, byte[] png) throws IOException {
    EventFile open = open();
    open.append(Events.image(now(), epoch, "pictures/" + name, png));
    open.show();
  }

  @Override
  public boolean keepsFiles() {
    return false;
  }

  @Override
  public void file(String path, byte[] content) {
    throw new UnsupportedOperationException("TensorBoard has no files");
  }

  @Override
  public void end(boolean done) throws IOException {
    if (file != null) {
      file.close();
      file = null;
    }
  }

  private void scalars(int epoch, String group, Map<String, Double> values) throws IOException {
    EventFile open = open();
    for (Map.Entry<String, Double> value : values.entrySet()) {
      open.append(Events.scalar(now(), epoch, group + value.getKey(), value.getValue()));
    }
    open.show();
  }

  private EventFile open() throws IOException {
    if (file == null) {
      file = EventFile.in(directory, hadoop, clock.instant().getEpochSecond());
      file.append(Events.version(now()));
    }
    return file;
  }

  private double now() {
    return clock.millis() / MILLIS;
  }
}
