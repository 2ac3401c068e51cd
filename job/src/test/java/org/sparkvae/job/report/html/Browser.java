package org.sparkvae.job.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Chromium without a window, driven by the W3C's WebDriver protocol. */
final class Browser implements Closeable {
  private static final Pattern PORT = Pattern.compile("on port (\\d+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process driver;
  private final HttpClient client = HttpClient.newHttpClient();
  private final String session;

  private Browser(Process driver, String root, Path profile) {
    this.driver = driver;
    Map<String, Object> options =
        Map.of(
            "args",
            List.of(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--user-data-dir=" + profile));
    Map<String, Object> wanted =
        Map.of("capabilities", Map.of("alwaysMatch", Map.of("goog:chromeOptions", options)));
    session = root + "/session/" + post(root + "/session", wanted).get("sessionId").asText();
  }

  /** Starts it, with a profile of its own. */
  static Browser start(Path profile) throws IOException {
    Files.createDirectories(profile);
    Process driver =
        new ProcessBuilder("chromedriver", "--port=0").redirectErrorStream(true).start();
    BufferedReader says = driver.inputReader();
    for (String line = says.readLine(); line != null; line = says.readLine()) {
      Matcher port = PORT.matcher(line);
      if (line.contains("successfully") && port.find()) {
        return new Browser(driver, "http" + "://localhost:" + port.group(1), profile);
      }
    }
    throw new IOException("chromedriver ended before it told its port");
  }

  void open(String page) {
    post(session + "/url", Map.of("url", page));
  }

  /** What a script returns. */
  JsonNode run(String script) {
    return post(session + "/execute/sync", Map.of("script", script, "args", List.of()));
  }

  void size(int width, int height) {
    post(session + "/window/rect", Map.of("width", width, "height", height));
  }

  /** The window as PNG, in base 64. */
  String screenshot() throws IOException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(session + "/screenshot")).build();
    return send(request).asText();
  }

  /** Makes a feature of media what a reader could have chosen. */
  void media(String feature, String value) {
    devTools(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", feature, "value", value))));
  }

  /** A phone's window. */
  void phone(int width, int height) {
    devTools(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 2, "mobile", true));
  }

  /** No phone's window any more. */
  void desktop() {
    devTools("Emulation.clearDeviceMetricsOverride", Map.of());
  }

  private void devTools(String command, Map<String, Object> parameters) {
    post(session + "/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
  }

  private JsonNode post(String url, Map<String, ?> body) {
    try {
      return send(
          HttpRequest.newBuilder(URI.create(url))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
              .build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode send(HttpRequest request) throws IOException {
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode value = JSON.readTree(response.body()).get("value");
      if (response.statusCode() != 200) {
        throw new IOException(value.path("message").asText());
      }
      return value;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    send(HttpRequest.newBuilder(URI.create(session)).DELETE().build());
    driver.destroy();
  }
}
