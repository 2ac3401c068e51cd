package org.sparkvae.job.track.mlflow;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a server is shown of who asks; no text of it holds a secret. */
final class Credentials {
  private static final String USER = "MLFLOW_TRACKING_USERNAME";
  private static final String PASSWORD = "MLFLOW_TRACKING_PASSWORD";
  private static final String TOKEN = "MLFLOW_TRACKING_TOKEN";

  private final Optional<String> header;
  private final List<String> secrets;

  private Credentials(Optional<String> header, List<String> secrets) {
    this.header = header;
    this.secrets = secrets;
  }

  /** Those in the environment: user and password where there are both, else the token, if any. */
  static Credentials in(Map<String, String> environment) {
    String user = environment.getOrDefault(USER, "");
    String password = environment.getOrDefault(PASSWORD, "");
    String token = environment.getOrDefault(TOKEN, "").strip();
    if (!user.isEmpty() && !password.isEmpty()) {
      byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      String encoded = Base64.getEncoder().encodeToString(both);
      return new Credentials(Optional.of("Basic " + encoded), List.of(encoded, password));
    }
    // What cannot stand in a header would be repeated by the message of the one who refuses it.
    boolean sendable = !token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c <= '~');
    return sendable
        ? new Credentials(Optional.of("Bearer " + token), List.of(token))
        : new Credentials(Optional.empty(), List.of());
  }

  /** The header Authorization. */
  Optional<String> header() {
    return header;
  }

  /** A text without them. */
  String hideIn(String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, "(redacted)");
    }
    return clean;
  }
}
