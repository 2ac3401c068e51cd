package org.sparkvae.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.OptionalLong;

/** What the blocks of an application take, as the driver's pages on a port of this machine say. */
record SparkStorage(HttpClient client, int port) {

  /** Bytes of memory and disk, of the driver and all live executors; none where nobody answers. */
  OptionalLong used() throws InterruptedException {
    try {
      String application = get("applications").get(0).get("id").textValue();
      long used = 0;
      for (JsonNode executor : get("applications/" + application + "/executors")) {
        used += executor.get("memoryUsed").longValue() + executor.get("diskUsed").longValue();
      }
      return OptionalLong.of(used);
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  private JsonNode get(String what) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:%d/api/v1/%s".formatted(port, what));
    return new ObjectMapper()
        .readTree(client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
  }
}
