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
@Timeout(240)
class TrackingRunTest {
  @TempDir private Path folder;

  private static List<Event> bounds(Path file) throws IOException {
    return EventReader.read(file).stream().filter(of -> of.tag().equals("bound")).toList();
  }

  @Test
  void trackersAreToldWhatTheyLackAndFailNoRun() throws IOException {
    String conf =
        DrawnJob.write(folder, "tracking.tensorboard = files, data.validation.fraction = 0.1");
    RunFiles run = RunFiles.in(folder, "run");
    try (StandIn server = new StandIn()) {
      String url = "tracking.mlflow={type=server, url=\"" + server.url() + "\"}";
      server.refuse("PUT artifacts/7/run1/artifacts/report.html", 500);
      Outcome first = LocalJob.run(conf, run.setting(), url);
      assertThat(first.status()).isZero();
      assertThat(run.has("_SUCCESS")).isTrue();
      assertThat(first.err().lines())
          .singleElement()
          .asString()
          .startsWith("spark-vae: warning: tracking: mlflow at " + server.url())
          .contains("report.html: 500 REFUSED")
          .contains("check tracking.mlflow.url");
      assertThat(server.logged("params").toString())
          .contains("training.epochs", "model.latent")
          .doesNotContain("image-source");
      for (String measure : List.of("bound", "validation_bound")) {
        assertThat(steps(server, measure)).containsExactly(1, 2, 3);
      }
      assertThat(steps(server, "test_nll")).containsExactly(3);
      assertThat(server.files().keySet()).allMatch(path -> path.endsWith(".png")).isNotEmpty();
      List<Path> events = EventReader.files(run.root().resolve("tensorboard"));
      assertThat(events).hasSize(1);
      List<Event> bounds = bounds(events.get(0));
      assertThat(bounds).extracting(Event::step).containsExactly(1L, 2L, 3L);
      assertThat(bounds.get(2).value()).isEqualTo((float) run.history(3).get(2).bound());
      assertThat(EventReader.read(events.get(0))).anyMatch(of -> of.png() != null);

      server.refuseNothing();
      int before = server.files().size();
      Outcome again = LocalJob.run(conf, run.setting(), url);
      assertThat(again.err()).isEmpty();
      assertThat(again.out()).contains("Done already");
      assertThat(server.files()).hasSize(before + 3);
      assertThat(server.files().get("artifacts/7/run1/artifacts/model/model.zip"))
          .isEqualTo(Files.readAllBytes(run.root().resolve("checkpoints/epoch-000003/model.zip")));
      assertThat(EventReader.files(run.root().resolve("tensorboard"))).isEqualTo(events);

      Outcome more = LocalJob.run(conf, run.setting(), url, "training.epochs=5");
      assertThat(more.err()).isEmpty();
      assertThat(server.whats())
          .endsWith("POST runs/update")
          .filteredOn("POST runs/create"::equals)
          .hasSize(1);
      assertThat(steps(server, "bound")).containsExactly(1, 2, 3, 4, 5);
      assertThat(steps(server, "test_nll")).containsExactly(3, 5);
      List<Path> both = EventReader.files(run.root().resolve("tensorboard"));
      assertThat(both).hasSize(2).startsWith(events.get(0));
      assertThat(bounds(both.get(1))).extracting(Event::step).containsExactly(4L, 5L);
    }
  }

  private static List<Integer> steps(StandIn server, String metric) {
    return server.logged("metrics").stream()
        .filter(of -> of.path("key").asText().equals(metric))
        .map((JsonNode of) -> of.path("step").asInt())
        .toList();
  }
}
