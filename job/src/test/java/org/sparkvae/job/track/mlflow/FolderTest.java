package org.sparkvae.job.track.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.track.RunFacts;
import org.sparkvae.job.track.Tracker;

/** A folder, read back by the layout of MLflow's file store. */
class FolderTest {
  private static final RunFacts RUN =
      new RunFacts("it's", "hdfs:/runs/mnist", Map.of("model.latent", "50"));

  @TempDir private Path folder;

  private Tracker tracker() {
    return new Folder(folder.resolve("mlruns").toString(), "digits")
        .tracker(Map.of())
        .orElseThrow();
  }

  private static List<Path> directories(Path parent) throws IOException {
    try (Stream<Path> entries = Files.list(parent)) {
      return entries.filter(Files::isDirectory).toList();
    }
  }

  @Test
  void aRunIsLaidOutAsMlflowDoes() throws IOException {
    Tracker tracker = tracker();
    String id = tracker.begin(RUN, Optional.empty());
    tracker.epochs(new TreeMap<>(Map.of(1, Map.of("bound", -2.5), 2, Map.of("bound", -1.5))));
    tracker.picture(2, "samples", new byte[] {1, 2});
    tracker.file("report.html", new byte[] {3});

    Path experiment = directories(folder.resolve("mlruns")).get(0);
    String number = experiment.getFileName().toString();
    assertThat(number).matches("\\d{18}");
    assertThat(experiment.resolve("meta.yaml"))
        .content()
        .contains(
            "experiment_id: '" + number + "'\n",
            "lifecycle_stage: 'active'\n",
            "name: 'digits'\n",
            "artifact_location: 'file:///");
    Path run = experiment.resolve(id);
    assertThat(id).matches("[0-9a-f]{32}");
    assertThat(run.resolve("meta.yaml"))
        .content()
        .contains(
            "run_id: '" + id + "'\n",
            "run_uuid: '" + id + "'\n",
            "run_name: 'it''s'\n",
            "status: 1\n",
            "end_time: null\n",
            "artifact_uri: 'file:///",
            "/" + id + "/artifacts'\n");
    assertThat(run.resolve("params/model.latent")).hasContent("50");
    assertThat(run.resolve("tags/mlflow.runName")).hasContent("it's");
    assertThat(Files.readAllLines(run.resolve("metrics/bound")))
        .satisfiesExactly(
            line -> assertThat(line).matches("\\d{13} -2\\.5 1"),
            line -> assertThat(line).matches("\\d{13} -1\\.5 2"));
    assertThat(Files.readAllBytes(run.resolve("artifacts/pictures/samples.png")))
        .containsExactly(1, 2);
    assertThat(run.resolve("artifacts/report.html")).hasSize(1);

    tracker.end(true);
    assertThat(run.resolve("meta.yaml")).content().contains("status: 3\n").doesNotContain("null");
  }

  @Test
  void aRunGoesOnAndAnExperimentIsFoundAgain() throws IOException {
    String first = tracker().begin(RUN, Optional.empty());
    Tracker again = tracker();
    assertThat(again.begin(RUN, Optional.of(first))).isEqualTo(first);
    again.end(false);
    String second = tracker().begin(RUN, Optional.empty());

    assertThat(directories(folder.resolve("mlruns"))).hasSize(1);
    Path experiment = directories(folder.resolve("mlruns")).get(0);
    assertThat(directories(experiment))
        .extracting(of -> of.getFileName().toString())
        .containsExactlyInAnyOrder(first, second);
    assertThat(experiment.resolve(first + "/meta.yaml")).content().contains("status: 4\n");
    assertThatThrownBy(() -> tracker().begin(RUN, Optional.of("gone")))
        .hasMessage(
            "there is no run gone, which tracking.json of the run directory names; delete that file for another");
  }

  @Test
  void anExperimentThatMlflowMadeIsFound() throws IOException {
    Path made = Files.createDirectories(folder.resolve("mlruns/0"));
    Files.writeString(
        made.resolve("meta.yaml"),
        "artifact_location: file:///x/mlruns/0\ncreation_time: 1\nexperiment_id: '0'\n"
            + "lifecycle_stage: active\nname: digits\n");
    String run = tracker().begin(RUN, Optional.empty());
    assertThat(made.resolve(run + "/meta.yaml")).content().contains("experiment_id: '0'\n");
  }
}
