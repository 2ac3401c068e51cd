package org.sparkvae.job.track.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Speaks to a server in JSON. It follows no redirection, which would carry the credentials to
 * another.
 */
final class Rest {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final int REFUSALS = 300;
  private static final int LONGEST_MESSAGE = 200;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String base;
  private final Credentials credentials;
  private HttpClient client;

  Rest(URI server, Credentials credentials) {
    this.base = server.toString().replaceFirst("/+$", "");
    this.credentials = credentials;
  }

  /** Whether an address has the server's host and port, or names none. */
  boolean isHere(URI address) {
    return address.getRawAuthority() == null
        || address.getRawAuthority().equals(URI.create(base).getRawAuthority());
  }

  /** What there is at a path, which begins with a slash and may end with a query. */
  JsonNode get(String path) throws IOException {
    return send(HttpRequest.newBuilder(URI.create(base + path)).GET());
  }

  /** What becomes of a message. */
  JsonNode post(String path, Object message) throws IOException {
    return send(
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(message))));
  }

  /** Puts a file at a path. */
  void put(String path, byte[] content) throws IOException {
    send(
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "application/octet-stream")
            .PUT(BodyPublishers.ofByteArray(content)));
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException {
    credentials.header().ifPresent(header -> request.header("Authorization", header));
    HttpRequest whole = request.timeout(ANSWER).build();
    if (client == null) {
      client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
    }
    try {
      HttpResponse<byte[]> response = client.send(whole, BodyHandlers.ofByteArray());
      JsonNode answer = read(response.body());
      if (response.statusCode() >= REFUSALS) {
        throw refused(whole, response.statusCode(), answer);
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /** Nothing where it is no JSON, such as the page of a proxy. */
  private static JsonNode read(byte[] body) throws IOException {
    try {
      return MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      return MAPPER.createObjectNode();
    }
  }

  private RestException refused(HttpRequest request, int status, JsonNode answer) {
    String code = answer.path("error_code").asText("");
    String says = answer.path("message").asText("").lines().findFirst().orElse("");
    String cut = says.substring(0, Math.min(says.length(), LONGEST_MESSAGE));
    String words = "%d %s %s".formatted(status, code, cut).strip().replaceAll(" +", " ");
    return new RestException(
        credentials.hideIn("%s %s: %s".formatted(request.method(), request.uri().getPath(), words)),
        code);
  }
}
