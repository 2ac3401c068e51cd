package org.sparkvae.job.track.mlflow;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import org.sparkvae.job.track.Tracker;
import org.sparkvae.kinds.Setting;

/**
 * A tracking server. User and password, or a token, are taken from the environment, as MLflow's own
 * clients do, and are in no settings.
 *
 * @param url of the server
 * @param experiment of the run
 */
public record Server(
    @Setting(
            says =
                "The tracking server; its credentials come from MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN.",
            otherwise = "\"http://localhost:5000\"")
        String url,
    @Setting(says = Mlflow.EXPERIMENT_SAYS, otherwise = Mlflow.EXPERIMENT) String experiment)
    implements Mlflow {
  /** Refuses what is no address of a server, and one with credentials. */
  public Server {
    Mlflow.requireName(experiment);
    if (address(url).getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "url holds a user: leave it out, and set MLFLOW_TRACKING_USERNAME and"
              + " MLFLOW_TRACKING_PASSWORD in the driver's environment");
    }
  }

  @Override
  public Optional<Tracker> tracker(Map<String, String> environment) {
    Rest rest = new Rest(address(url), Credentials.in(environment));
    return Optional.of(
        new MlflowTracker(
            url,
            experiment,
            "check tracking.mlflow.url, that the server runs, and the credentials in"
                + " MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD or MLFLOW_TRACKING_TOKEN",
            new ServerStore(rest)));
  }

  /** What is refused is not repeated: it may hold a password. */
  private static URI address(String url) {
    try {
      URI address = new URI(url);
      if (address.getHost() != null
          && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
        return address;
      }
    } catch (URISyntaxException e) {
      // As no address at all.
    }
    throw new IllegalArgumentException(
        "url is no address of a server; make it such as http://localhost:5000, or set type = folder for a folder");
  }
}
