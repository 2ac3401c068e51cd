package org.sparkvae.job.track.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.checkpoint.EpochTable;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.fixtures.Epochs;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.reading.SettingsReader;
import org.sparkvae.job.track.RunFacts;
import org.sparkvae.job.track.Tracker;
import org.sparkvae.job.track.mlflow.StandIn;

/** What trackers are told, over several starts of a run, and where they fail. */
class TrackedRunTest {
  private static final RunFacts FACTS = new RunFacts("r", "file:/r", Map.of());

  @TempDir private Path folder;
  private final List<String> warnings = new ArrayList<>();
  private RunDirectory directory;

  @BeforeEach
  void open() {
    directory = RunDirectory.open(folder.resolve("run").toString(), new Configuration(), "app");
  }

  @AfterEach
  void close() throws IOException {
    directory.close();
  }

  /** Writes down what it is told, and fails at a word. */
  private static final class Scribe implements Tracker {
    private final List<String> told = new ArrayList<>();
    private final String failsAt;

    Scribe(String failsAt) {
      this.failsAt = failsAt;
    }

    private void tell(String what) throws IOException {
      if (what.startsWith(failsAt)) {
        throw new IOException("disk full\nand more");
      }
      told.add(what);
    }

    @Override
    public String name() {
      return "scribe";
    }

    @Override
    public String place() {
      return "here";
    }

    @Override
    public String advice() {
      return "sharpen the pencil";
    }

    @Override
    public String begin(RunFacts run, Optional<String> before) throws IOException {
      tell("begin " + before.orElse("anew"));
      return before.orElse("id");
    }

    @Override
    public void epochs(SortedMap<Integer, Map<String, Double>> measures) throws IOException {
      tell("epochs " + measures.keySet());
      assertThat(measures.values())
          .allSatisfy(of -> assertThat(of).containsKeys("bound", "seconds"));
    }

    @Override
    public void results(int epoch, Map<String, Double> results) throws IOException {
      tell("results " + results);
    }

    @Override
    public void picture(int epoch, String name, byte[] png) throws IOException {
      tell("picture " + name);
    }

    @Override
    public boolean keepsFiles() {
      return true;
    }

    @Override
    public void file(String path, byte[] content) throws IOException {
      tell("file " + path);
    }

    @Override
    public void end(boolean done) throws IOException {
      tell("end " + done);
    }
  }

  private TrackedRun begin(Tracker... trackers) {
    return TrackedRun.begin(List.of(trackers), FACTS, directory, warnings::add);
  }

  private static List<EpochRecord> epochs(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(epoch -> Epochs.of(epoch, -90, 10, -101))
        .toList();
  }

  private void leaveResults() {
    directory.writeText(
        "summary.json", "{\"test_nll\": 88.5, \"curve\": {\"1\": 2.0}, \"a\": null}");
    directory.writeText("pictures/samples.png", "png");
    directory.writeText("report.html", "<html>");
    directory.writeText("checkpoints/epoch-000004/model.zip", "zip");
  }

  @Test
  void aRunThatGoesOnRepeatsNothing() throws IOException {
    Scribe first = new Scribe("-");
    try (TrackedRun run = begin(first)) {
      run.epochs(epochs(1, 1));
      run.epochs(epochs(2, 2));
    }
    Scribe second = new Scribe("-");
    leaveResults();
    try (TrackedRun run = begin(second)) {
      run.epochs(epochs(1, 1));
      run.epochs(epochs(2, 2));
      run.epochs(epochs(3, 3));
      run.finish(4, epochs(1, 4));
    }
    directory.writeText("pictures/more.png", "png");
    Scribe third = new Scribe("-");
    try (TrackedRun run = begin(third)) {
      run.finish(4, epochs(1, 4));
    }

    assertThat(first.told).containsExactly("begin anew", "epochs [1]", "epochs [2]", "end false");
    assertThat(second.told)
        .containsExactly(
            "begin id",
            "epochs [3]",
            "epochs [4]",
            "results {test_nll=88.5}",
            "picture samples",
            "file report.html",
            "file summary.json",
            "file model/model.zip",
            "end true");
    assertThat(third.told).containsExactly("begin id", "picture more", "end true");
    assertThat(warnings).isEmpty();
    assertThat(directory.text("tracking.json").orElseThrow()).contains("\"done\" : true");
  }

  @Test
  void secretsNeverLeave() throws IOException {
    Path conf =
        Files.writeString(
            folder.resolve("x.conf"),
            """
            run.directory = "%s"
            data.train { source = idx, path = train }
            data.test { source = idx, path = "s3a://key:s3cret@bucket/t10k" }
            tracking.tensorboard { type = files, directory = "s3a://key:s3cret@bucket/events" }
            tracking.mlflow.type = server
            """
                .formatted(folder.resolve("run")));
    try (StandIn server = new StandIn()) {
      JobSettings settings =
          SettingsReader.read(
              conf.toString(), List.of("tracking.mlflow.url=\"" + server.url() + "\""));
      TrackedRun.begin(settings, directory, new Configuration(), warnings::add).close();
      assertThat(server.calls().toString())
          .contains("s3a://(redacted)@bucket/t10k")
          .doesNotContain("s3cret");
    }
    assertThat(directory.text("tracking.json").orElseThrow())
        .contains("s3a://(redacted)@bucket/events")
        .doesNotContain("s3cret");
    assertThat(warnings).isEmpty();
  }

  @Test
  void whatWasNotMeasuredIsNotTold() {
    assertThat(EpochTable.figures(Epochs.of(1, -90, 10, Double.NaN)))
        .containsEntry("bound", -100.0)
        .containsEntry("images_per_second", 40_000.0)
        .doesNotContainKeys("epoch", "validation_bound");
  }

  @Test
  void whatIsDeletedWithTheRunIsToldAnew() throws IOException {
    try (TrackedRun run = begin(new Scribe("-"))) {
      run.epochs(epochs(1, 2));
    }
    directory.clear();
    Scribe anew = new Scribe("-");
    try (TrackedRun run = begin(anew)) {
      run.epochs(epochs(1, 1));
    }
    assertThat(anew.told).containsExactly("begin anew", "epochs [1]", "end false");
  }

  @Test
  void aTrackerThatFailsIsToldNoMoreAndOthersAre() {
    leaveResults();
    for (String word : List.of("begin", "epochs", "results", "picture", "file", "end")) {
      warnings.clear();
      Scribe failing = new Scribe(word);
      Scribe other = new Scribe("-");
      try (TrackedRun run = begin(failing, other)) {
        run.epochs(epochs(1, 1));
        run.epochs(epochs(2, 2));
        run.finish(4, epochs(1, 4));
      }
      assertThat(warnings)
          .containsExactly(
              "tracking: scribe at here: disk full; the run goes on and tells it no more: sharpen the pencil");
      assertThat(failing.told).noneMatch(of -> of.startsWith(word));
      assertThat(other.told).contains("end true");
      directory.writeText("tracking.json", "{}");
    }
  }

  @Test
  void aTrackerThatDoesNotAnswerIsLeft() {
    CountDownLatch never = new CountDownLatch(1);
    try (Guard guard = new Guard(new Scribe("-"), warnings::add)) {
      boolean told =
          guard.tell(
              Duration.ofMillis(20),
              () -> {
                try {
                  never.await();
                } catch (InterruptedException e) {
                  throw new IOException(e);
                }
              });
      assertThat(told).isFalse();
      assertThat(guard.tell(Duration.ofSeconds(9), () -> warnings.add("told"))).isFalse();
    }
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("tracking: scribe at here: took more than 0 s; the run goes on");
  }

  @Test
  void aRunDirectoryThatTakesNoNotesStopsTheTrackerAlone() throws IOException {
    Files.createDirectories(folder.resolve("run/_temporary.tracking.json/x"));
    try (TrackedRun run = begin(new Scribe("-"))) {
      run.epochs(epochs(1, 1));
    }
    assertThat(warnings).singleElement().asString().contains("tracking.json");
  }
}
