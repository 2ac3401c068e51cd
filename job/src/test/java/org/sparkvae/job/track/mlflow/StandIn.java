package org.sparkvae.job.track.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Stands in for a tracking server: remembers what it is asked, and answers as MLflow's does. */
public final class StandIn implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpServer server;
  private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Integer> refusals = Collections.synchronizedMap(new TreeMap<>());
  private final Map<String, byte[]> files = Collections.synchronizedMap(new TreeMap<>());
  private volatile String artifacts = "mlflow-artifacts:/7/run1/artifacts";
  private volatile boolean hasExperiment;

  /** What it was asked: method and last part of the path, and everything that came with it. */
  public record Call(String what, JsonNode body, String query, String authorization) {}

  public StandIn() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Says that it keeps files there. */
  public void keepFilesIn(String uri) {
    artifacts = uri;
  }

  /** Answers with this status to a call from now on. */
  public void refuse(String what, int status) {
    refusals.put(what, status);
  }

  public void refuseNothing() {
    refusals.clear();
  }

  public List<Call> calls() {
    return List.copyOf(calls);
  }

  public List<String> whats() {
    return calls().stream().map(Call::what).toList();
  }

  /** The files by their paths. */
  public Map<String, byte[]> files() {
    return files;
  }

  /** All values of a kind ("params" or "metrics") that it was told, in order. */
  public List<JsonNode> logged(String kind) {
    List<JsonNode> all = new ArrayList<>();
    for (Call call : calls()) {
      if (call.what().equals("POST runs/log-batch")) {
        call.body().path(kind).forEach(all::add);
      }
    }
    return all;
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    String what =
        exchange.getRequestMethod()
            + " "
            + path.replaceFirst("^/api/2\\.0/(mlflow/|mlflow-artifacts/)", "");
    boolean file = exchange.getRequestMethod().equals("PUT");
    JsonNode json = file || body.length == 0 ? MAPPER.nullNode() : MAPPER.readTree(body);
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    calls.add(new Call(what, json, exchange.getRequestURI().getQuery(), authorization));
    if (refusals.containsKey(what)) {
      send(
          exchange,
          refusals.get(what),
          "{\"error_code\": \"REFUSED\", \"message\": \"as told, " + authorization + "\"}");
    } else if (what.equals("GET experiments/get-by-name") && !hasExperiment) {
      send(exchange, 404, "{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\", \"message\": \"none\"}");
    } else if (what.equals("GET experiments/get-by-name")) {
      send(exchange, 200, "{\"experiment\": {\"experiment_id\": \"7\"}}");
    } else if (what.equals("POST experiments/create")) {
      hasExperiment = true;
      send(exchange, 200, "{\"experiment_id\": \"7\"}");
    } else if (what.equals("GET runs/get")
        && !exchange.getRequestURI().getQuery().endsWith("=run1")) {
      send(exchange, 404, "{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\", \"message\": \"none\"}");
    } else if (what.equals("POST runs/create") || what.equals("GET runs/get")) {
      send(
          exchange,
          200,
          "{\"run\": {\"info\": {\"run_id\": \"run1\", \"artifact_uri\": \"%s\"}}}"
              .formatted(artifacts));
    } else {
      if (file) {
        files.put(what.substring("PUT ".length()), body);
      }
      send(exchange, 200, "{}");
    }
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
