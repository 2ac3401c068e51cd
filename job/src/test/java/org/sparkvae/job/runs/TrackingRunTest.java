package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.fixtures.DrawnJob;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.LocalJob.Outcome;
import org.sparkvae.job.fixtures.RunFiles;
import org.sparkvae.job.track.mlflow.StandIn;
import org.sparkvae.job.track.tensorboard.EventReader;
import org.sparkvae.job.track.tensorboard.EventReader.Event;

/** The whole command, of which MLflow and TensorBoard are told. */
@Timeout(120)
class TrackingRunTest {
  @TempDir private Path folder;

  private static List<Event> scalars(Path file) throws IOException {
    return EventReader.read(file).stream().filter(of -> of.tag().equals("bound")).toList();
  }

  @Test
  void bothAreToldAndARunThatGoesOnRepeatsNothing() throws IOException {
    String conf =
        DrawnJob.write(
            folder,
            "data.storage = memory, tracking.tensorboard = files, data.validation.fraction = 0.1");
    RunFiles run = RunFiles.in(folder, "run");
    try (StandIn server = new StandIn()) {
      String url = "tracking.mlflow={type=server, url=\"" + server.url() + "\"}";
      Outcome first = LocalJob.run(conf, run.setting(), url);
      assertThat(first.err()).isEmpty();
      assertThat(first.status()).isZero();

      assertThat(server.whats()).endsWith("POST runs/update");
      assertThat(server.logged("params").toString())
          .contains("training.epochs", "model.latent")
          .doesNotContain("image-source");
      assertThat(steps(server, "bound")).containsExactly(1, 2, 3);
      assertThat(steps(server, "validation_bound")).containsExactly(1, 2, 3);
      assertThat(steps(server, "test_nll")).containsExactly(3);
      assertThat(server.files().keySet())
          .contains(
              "artifacts/7/run1/artifacts/report.html",
              "artifacts/7/run1/artifacts/model/model.zip")
          .anyMatch(path -> path.endsWith(".png"));
      assertThat(server.files().get("artifacts/7/run1/artifacts/model/model.zip"))
          .isEqualTo(Files.readAllBytes(run.root().resolve("checkpoints/epoch-000003/model.zip")));
      List<Path> events = EventReader.files(run.root().resolve("tensorboard"));
      assertThat(events).hasSize(1);
      assertThat(scalars(events.get(0))).extracting(Event::step).containsExactly(1L, 2L, 3L);
      assertThat(scalars(events.get(0)).get(2).value())
          .isEqualTo((float) run.history(3).get(2).bound());
      assertThat(EventReader.read(events.get(0))).anyMatch(of -> of.png() != null);

      int before = server.calls().size();
      assertThat(LocalJob.run(conf, run.setting(), url).out()).contains("Done already");
      assertThat(server.calls()).hasSize(before);

      Outcome more = LocalJob.run(conf, run.setting(), url, "training.epochs=5");
      assertThat(more.err()).isEmpty();
      assertThat(server.whats()).filteredOn("POST runs/create"::equals).hasSize(1);
      assertThat(steps(server, "bound")).containsExactly(1, 2, 3, 4, 5);
      List<Path> both = EventReader.files(run.root().resolve("tensorboard"));
      assertThat(both).hasSize(2).startsWith(events.get(0));
      assertThat(scalars(both.get(1))).extracting(Event::step).containsExactly(4L, 5L);
    }
  }

  @Test
  void aServerThatRefusesAndAFolderThatCannotBeFailNoRun() throws IOException {
    String conf = DrawnJob.write(folder, "report.pictures = false");
    Path blocked = Files.writeString(folder.resolve("blocked"), "a file");
    RunFiles run = RunFiles.in(folder, "run");
    try (StandIn server = new StandIn()) {
      server.refuse("POST runs/log-batch", 500);
      Outcome outcome =
          LocalJob.run(
              conf,
              run.setting(),
              "tracking.mlflow={type=server, url=\"" + server.url() + "\"}",
              "tracking.tensorboard={type=files, directory=\"" + blocked + "\"}");
      assertThat(outcome.status()).isZero();
      assertThat(run.has("_SUCCESS")).isTrue();
      assertThat(outcome.err().lines())
          .satisfiesExactly(
              line ->
                  assertThat(line)
                      .startsWith("spark-vae: warning: tracking: mlflow at " + server.url())
                      .contains("500 REFUSED")
                      .contains("check tracking.mlflow.url"),
              line ->
                  assertThat(line)
                      .startsWith("spark-vae: warning: tracking: tensorboard at " + blocked)
                      .contains("check tracking.tensorboard.directory"));
      assertThat(server.whats()).filteredOn("POST runs/log-batch"::equals).hasSize(1);
    }
  }

  private static List<Integer> steps(StandIn server, String metric) {
    return server.logged("metrics").stream()
        .filter(of -> of.path("key").asText().equals(metric))
        .map((JsonNode of) -> of.path("step").asInt())
        .toList();
  }
}
