package org.sparkvae.job.track.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.track.RunFacts;
import org.sparkvae.job.track.Tracker;

/** A tracking server, for which {@link StandIn} stands in. */
class ServerTest {
  private static final RunFacts RUN =
      new RunFacts("mnist", "hdfs:/runs/mnist", Map.of("model.latent", "50"));

  @TempDir private Path folder;
  private final StandIn server = new StandIn();

  @AfterEach
  void stop() {
    server.close();
  }

  private Tracker tracker(Map<String, String> environment) {
    return new Server(server.url(), "digits").tracker(environment).orElseThrow();
  }

  @Test
  void aRunIsToldInOrder() throws IOException {
    Tracker tracker = tracker(Map.of());
    assertThat(tracker.begin(RUN, Optional.empty())).isEqualTo("run1");
    tracker.epochs(new TreeMap<>(Map.of(1, Map.of("bound", -2.5), 2, Map.of("bound", -1.5))));
    tracker.results(2, Map.of("test_nll", 88.0));
    tracker.picture(2, "samples", new byte[] {1, 2});
    tracker.file("model/model.zip", new byte[] {3});
    tracker.end(true);

    assertThat(server.whats())
        .containsExactly(
            "GET experiments/get-by-name",
            "POST experiments/create",
            "POST runs/create",
            "POST runs/log-batch",
            "POST runs/log-batch",
            "POST runs/log-batch",
            "PUT artifacts/7/run1/artifacts/pictures/samples.png",
            "PUT artifacts/7/run1/artifacts/model/model.zip",
            "POST runs/update");
    List<StandIn.Call> calls = server.calls();
    assertThat(calls.get(0).query()).isEqualTo("experiment_name=digits");
    assertThat(calls.get(1).body().path("name").asText()).isEqualTo("digits");
    JsonNode made = calls.get(2).body();
    assertThat(made.path("experiment_id").asText()).isEqualTo("7");
    assertThat(made.path("run_name").asText()).isEqualTo("mnist");
    assertThat(made.path("start_time").asLong()).isPositive();
    assertThat(made.path("tags").findValuesAsText("key"))
        .contains("mlflow.runName", "spark_vae.run_directory");
    assertThat(server.logged("params").toString())
        .contains("\"key\":\"model.latent\"", "\"value\":\"50\"");
    List<JsonNode> metrics = server.logged("metrics");
    assertThat(metrics).extracting(of -> of.path("step").asInt()).containsExactly(1, 2, 2);
    assertThat(metrics)
        .extracting(of -> of.path("value").asDouble())
        .containsExactly(-2.5, -1.5, 88.0);
    assertThat(metrics.get(2).path("key").asText()).isEqualTo("test_nll");
    assertThat(metrics.get(2).path("timestamp").asLong()).isPositive();
    JsonNode end = calls.get(8).body();
    assertThat(end.path("run_id").asText()).isEqualTo("run1");
    assertThat(end.path("status").asText()).isEqualTo("FINISHED");
    assertThat(end.path("end_time").asLong()).isPositive();
    assertThat(calls).extracting(StandIn.Call::authorization).containsOnlyNulls();
  }

  @Test
  void aRunThatGoesOnIsTheSame() throws IOException {
    Tracker tracker = tracker(Map.of());
    assertThat(tracker.begin(RUN, Optional.of("run1"))).isEqualTo("run1");
    tracker.end(false);
    assertThat(server.whats())
        .containsExactly("GET runs/get", "POST runs/update", "POST runs/update");
    assertThat(server.calls().get(0).query()).isEqualTo("run_id=run1");
    assertThat(server.calls().get(1).body().path("status").asText()).isEqualTo("RUNNING");
    assertThat(server.calls().get(2).body().path("status").asText()).isEqualTo("FAILED");
  }

  @Test
  void aRunThatIsGoneIsSaid() {
    assertThatThrownBy(() -> tracker(Map.of()).begin(RUN, Optional.of("gone")))
        .hasMessage(
            "there is no run gone, which tracking.json of the run directory names; delete that file for another");
  }

  @Test
  void noCallHoldsMoreThanAServerTakes() throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    Map<String, Double> measures = new LinkedHashMap<>();
    for (int i = 0; i < 205; i++) {
      settings.put("key[" + i, "x".repeat(300));
      measures.put("m" + i, 1.0 * i);
    }
    TreeMap<Integer, Map<String, Double>> epochs = new TreeMap<>();
    for (int epoch = 1; epoch <= 10; epoch++) {
      epochs.put(epoch, measures);
    }
    Tracker tracker = tracker(Map.of());
    tracker.begin(new RunFacts("a", "b", settings), Optional.empty());
    tracker.epochs(epochs);
    assertThat(server.calls())
        .allSatisfy(call -> assertThat(call.body().path("params").size()).isLessThanOrEqualTo(100))
        .allSatisfy(
            call -> assertThat(call.body().path("metrics").size()).isLessThanOrEqualTo(1000));
    assertThat(server.logged("params"))
        .hasSize(205)
        .allSatisfy(of -> assertThat(of.path("key").asText()).matches("[\\w. -]+"))
        .allSatisfy(of -> assertThat(of.path("value").asText()).hasSize(250));
    assertThat(server.logged("metrics")).hasSize(2050);
  }

  @Test
  void credentialsOfTheEnvironmentAreShownToTheServerAlone() throws IOException {
    String both = Base64.getEncoder().encodeToString("ann:p4ss".getBytes());
    Map<String, String> user =
        Map.of("MLFLOW_TRACKING_USERNAME", "ann", "MLFLOW_TRACKING_PASSWORD", "p4ss");
    tracker(user).begin(RUN, Optional.of("run1"));
    tracker(Map.of("MLFLOW_TRACKING_TOKEN", "t0ken")).begin(RUN, Optional.of("run1"));
    assertThat(server.calls())
        .extracting(StandIn.Call::authorization)
        .containsExactly("Basic " + both, "Basic " + both, "Bearer t0ken", "Bearer t0ken");

    server.refuse("GET runs/get", 403);
    assertThatThrownBy(() -> tracker(user).begin(RUN, Optional.of("run1")))
        .hasMessage("GET /api/2.0/mlflow/runs/get: 403 REFUSED as told, Basic (redacted)");
    assertThatThrownBy(
            () ->
                tracker(Map.of("MLFLOW_TRACKING_TOKEN", "t0\nken")).begin(RUN, Optional.of("run1")))
        .hasMessage("GET /api/2.0/mlflow/runs/get: 403 REFUSED as told, null");
  }

  @Test
  void filesGoToAFolderThatIsSharedOrNowhere() throws IOException {
    server.keepFilesIn(folder.toUri() + "7/run1/artifacts");
    Tracker shared = tracker(Map.of());
    shared.begin(RUN, Optional.empty());
    assertThat(shared.refusesFiles()).isEmpty();
    shared.picture(1, "samples", new byte[] {5});
    assertThat(Files.readAllBytes(folder.resolve("7/run1/artifacts/pictures/samples.png")))
        .containsExactly(5);

    for (String place : List.of("s3://bucket/7", "mlflow-artifacts://other:1/7", "mlruns/7", "")) {
      server.keepFilesIn(place);
      Tracker nowhere = tracker(Map.of());
      nowhere.begin(RUN, Optional.empty());
      assertThat(nowhere.refusesFiles().orElseThrow()).contains("--serve-artifacts");
    }
    assertThat(server.files()).isEmpty();
  }
}
