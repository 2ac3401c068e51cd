package org.sparkvae.job.track.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.fixtures.Pictures;
import org.sparkvae.job.track.Tracker;
import org.sparkvae.job.track.tensorboard.EventReader.Event;

class EventTrackerTest {
  @TempDir private Path folder;

  private Tracker tracker(String directory) {
    return new Files(directory)
        .tracker(
            new org.apache.hadoop.fs.Path(folder.resolve("tensorboard").toString()),
            new Configuration())
        .orElseThrow();
  }

  @Test
  void scalarsAndPicturesAreReadBack() throws IOException {
    Tracker tracker = tracker(".");
    tracker.epochs(new TreeMap<>(Map.of(2, Map.of("kl", 1.5), 1, Map.of("bound", -100.25))));
    Path file = EventReader.files(folder.resolve("tensorboard")).get(0);
    assertThat(EventReader.read(file)).as("while the run goes on").hasSize(2);
    tracker.results(300, Map.of("test_nll", 88.0));
    byte[] png = Pictures.png(Pictures.grey(3, 2, new int[6]));
    tracker.picture(300, "samples", png);
    tracker.end(true);

    List<Event> events = EventReader.read(file);
    assertThat(events).extracting(Event::step).containsExactly(1L, 2L, 300L, 300L);
    assertThat(events)
        .extracting(Event::tag)
        .containsExactly("bound", "kl", "results/test_nll", "pictures/samples");
    assertThat(events.get(0).value()).isEqualTo(-100.25f);
    assertThat(events.get(2).value()).isEqualTo(88);
    assertThat(events.get(3).png()).isEqualTo(png);
    assertThat(events.get(3).sides()).startsWith(2L, 3L);
    assertThat(file.getFileName().toString()).startsWith("events.out.tfevents.");
  }

  @Test
  void aSecondStartWritesAFileBehindTheFirst() throws IOException {
    String told = folder.resolve("elsewhere").toUri().toString();
    for (int epoch = 1; epoch <= 3; epoch++) {
      Tracker tracker = tracker(told);
      tracker.epochs(new TreeMap<>(Map.of(epoch, Map.of("bound", 1.0))));
      tracker.end(true);
    }
    List<Path> files = EventReader.files(folder.resolve("elsewhere"));
    assertThat(files).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(EventReader.read(files.get(i))).extracting(Event::step).containsExactly(i + 1L);
    }
  }

  @Test
  void whatIsToldNothingWritesNothing() throws IOException {
    Tracker tracker = tracker(".");
    tracker.end(true);
    assertThat(folder.resolve("tensorboard")).doesNotExist();
    assertThat(new None().tracker(null, null)).isEqualTo(Optional.empty());
  }

  @Test
  void aFolderThatCannotBeThrows() throws IOException {
    java.nio.file.Files.writeString(folder.resolve("tensorboard"), "a file");
    assertThatThrownBy(() -> tracker(".").results(1, Map.of("a", 1.0)))
        .isInstanceOf(IOException.class);
  }

  /** A record of 24 bytes: what every event file begins with that TensorFlow writes. */
  @Test
  void aFileBeginsAsTensorFlowsDo() throws IOException {
    Tracker tracker = tracker(".");
    tracker.results(1, Map.of("a", 1.0));
    tracker.end(true);
    byte[] file =
        java.nio.file.Files.readAllBytes(EventReader.files(folder.resolve("tensorboard")).get(0));
    assertThat(HexFormat.of().formatHex(file, 0, 12)).isEqualTo("1800000000000000a37f4b22");
  }
}
