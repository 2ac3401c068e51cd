package org.sparkvae.job.track.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tracking server, by its REST API 2.0. Files go where the server says that those of the run are:
 * through the server, or to a folder that this machine shares with it.
 */
final class ServerStore implements RunStore {
  private static final String API = "/api/2.0/mlflow/";

  /** What a server takes in one call. */
  private static final int PARAMETERS_A_CALL = 100;

  private static final int METRICS_A_CALL = 1000;
  private static final String MISSING = "RESOURCE_DOES_NOT_EXIST";
  private static final String RUN_ID = "run_id";
  private static final String EXPERIMENT_ID = "experiment_id";

  private final Rest rest;
  private String run;
  private Artifacts artifacts = new Artifacts.Nowhere("no run is begun");

  ServerStore(Rest rest) {
    this.rest = rest;
  }

  @Override
  public String create(String experiment, String name, Map<String, String> tags)
      throws IOException {
    Map<String, Object> asked = new HashMap<>();
    asked.put(EXPERIMENT_ID, experiment(experiment));
    asked.put("run_name", name);
    asked.put("start_time", System.currentTimeMillis());
    asked.put("tags", pairs(tags));
    return take(rest.post(API + "runs/create", asked));
  }

  @Override
  public void reopen(String id) throws IOException {
    try {
      take(rest.get(API + "runs/get?run_id=" + encoded(id)));
    } catch (RestException e) {
      throw e.code().equals(MISSING) ? RunStore.missing(id) : e;
    }
    rest.post(API + "runs/update", Map.of(RUN_ID, id, "status", Status.RUNNING.name()));
  }

  /** The id of a run that a server answers with. */
  private String take(JsonNode answer) throws IOException {
    JsonNode info = answer.path("run").path("info");
    String id = info.path(RUN_ID).asText("");
    if (id.isEmpty()) {
      throw new IOException("the server's answer names no run, as MLflow's would");
    }
    run = id;
    artifacts = Artifacts.at(info.path("artifact_uri").asText(""), rest);
    return id;
  }

  private String experiment(String name) throws IOException {
    try {
      return found(name);
    } catch (RestException e) {
      if (!e.code().equals(MISSING)) {
        throw e;
      }
    }
    try {
      JsonNode made = rest.post(API + "experiments/create", Map.of("name", name));
      return made.path(EXPERIMENT_ID).asText();
    } catch (RestException e) {
      if (!e.code().equals("RESOURCE_ALREADY_EXISTS")) {
        throw e;
      }
      // Another run was faster.
      return found(name);
    }
  }

  private String found(String name) throws IOException {
    return rest.get(API + "experiments/get-by-name?experiment_name=" + encoded(name))
        .path("experiment")
        .path(EXPERIMENT_ID)
        .asText();
  }

  @Override
  public void parameters(Map<String, String> values) throws IOException {
    log("params", pairs(values), PARAMETERS_A_CALL);
  }

  @Override
  public void metrics(List<Point> points) throws IOException {
    List<Map<String, Object>> metrics = new ArrayList<>();
    for (Point point : points) {
      metrics.add(
          Map.of(
              "key", point.metric(),
              "value", point.value(),
              "timestamp", point.millis(),
              "step", point.step()));
    }
    log("metrics", metrics, METRICS_A_CALL);
  }

  private void log(String of, List<?> all, int most) throws IOException {
    for (int first = 0; first < all.size(); first += most) {
      List<?> some = all.subList(first, Math.min(all.size(), first + most));
      rest.post(API + "runs/log-batch", Map.of(RUN_ID, run, of, some));
    }
  }

  @Override
  public Optional<String> refusesFiles() {
    return artifacts.refusal();
  }

  @Override
  public void file(String path, byte[] content) throws IOException {
    artifacts.store(path, content);
  }

  @Override
  public void end(Status status) throws IOException {
    rest.post(
        API + "runs/update",
        Map.of(RUN_ID, run, "status", status.name(), "end_time", System.currentTimeMillis()));
  }

  private static List<Map<String, String>> pairs(Map<String, String> values) {
    return values.entrySet().stream()
        .map(of -> Map.of("key", of.getKey(), "value", of.getValue()))
        .toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
