package org.sparkvae.job.track.mlflow;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;

/** Where the files of a run go. */
sealed interface Artifacts {
  /** The path of a server's API that passes files on to its store. */
  String API = "/api/2.0/mlflow-artifacts/artifacts";

  /** Why there is no such place, if there is none. */
  default Optional<String> refusal() {
    return Optional.empty();
  }

  /** Stores a file, in place of the one that is there. */
  void store(String path, byte[] content) throws IOException;

  /** The place that a server names. */
  static Artifacts at(String uri, Rest rest) {
    try {
      URI place = new URI(uri);
      boolean absolute = place.getPath() != null && place.getPath().startsWith("/");
      if (absolute && "mlflow-artifacts".equals(place.getScheme()) && rest.isHere(place)) {
        return new Proxy(rest, API + place.getRawPath());
      }
      if (absolute && (place.getScheme() == null || "file".equals(place.getScheme()))) {
        return new Disk(Path.of(place.getPath()));
      }
    } catch (URISyntaxException | IllegalArgumentException e) {
      // As any place that is not known here.
    }
    return new Nowhere(
        "the server keeps files in %s, where this job cannot write: start the server with --serve-artifacts"
            .formatted(uri.isEmpty() ? "no place that it names" : uri));
  }

  /** Through the server. */
  record Proxy(Rest rest, String root) implements Artifacts {
    @Override
    public void store(String path, byte[] content) throws IOException {
      rest.put(root + "/" + path, content);
    }
  }

  /** A folder of this machine. */
  record Disk(Path root) implements Artifacts {
    @Override
    public void store(String path, byte[] content) throws IOException {
      PlacedFiles.write(root.resolve(path), content);
    }
  }

  /** No place. */
  record Nowhere(String why) implements Artifacts {
    @Override
    public Optional<String> refusal() {
      return Optional.of(why);
    }

    @Override
    public void store(String path, byte[] content) throws IOException {
      throw new IOException(why);
    }
  }
}
