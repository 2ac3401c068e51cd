package org.sparkvae.job.checkpoint;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/**
 * A {@link TrainingState} as {@code state.json}, also as earlier and later versions write it.
 *
 * <p>Early versions stored one number for bound and weighted objective, the latter. The bound is
 * the same where the KL weight is 1; and it is reconstruction less KL where the weighted objective
 * is reconstruction less weighted KL, which holds for the ELBO, and for no other bound of several
 * samples. Elsewhere it is NaN. What is not known is passed over.
 */
public final class StateJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private static final String BOUND = "bound";
  private static final String MEASURES = "measures";
  private static final String WEIGHTED = "weightedObjective";

  /** Sums over images in another order differ by less, as a share of the numbers added. */
  private static final double ROUNDING = 1e-9;

  private StateJson() {}

  /** On one line: it holds every epoch, and every checkpoint holds it. */
  static byte[] write(TrainingState state) throws IOException {
    return JSON.writeValueAsBytes(state);
  }

  /**
   * The state of such a file.
   *
   * @throws IOException where it is no such file
   */
  public static TrainingState read(byte[] json) throws IOException {
    JsonNode state = JSON.readTree(json);
    for (JsonNode epoch : state.path("history")) {
      ObjectNode object = (ObjectNode) epoch;
      if (!epoch.has(MEASURES)) {
        if (!epoch.has(WEIGHTED)) {
          tellApart(object);
        }
        group(object);
      }
    }
    return JSON.treeToValue(state, TrainingState.class);
  }

  /** Earlier versions had a field for every number. */
  private static void group(ObjectNode epoch) {
    ObjectNode measures = epoch.putObject(MEASURES);
    measures.set(BOUND, epoch.get(BOUND));
    measures.set("weighted_objective", epoch.get(WEIGHTED));
    for (String name : List.of(EpochRecord.OBJECTIVE, "reconstruction", "kl")) {
      measures.set(name, epoch.get(name));
    }
    ObjectNode work = epoch.putObject("work");
    List.of("images", "steps", "rounds").forEach(name -> work.set(name, epoch.get(name)));
    ObjectNode times = epoch.putObject("times");
    times.set("whole", epoch.get("seconds"));
    for (String name : List.of("schedule", "compute", "aggregate")) {
      times.set(name, epoch.path(name + "Seconds"));
    }
  }

  private static void tellApart(ObjectNode epoch) {
    double weighted = epoch.path(BOUND).asDouble();
    epoch.put(WEIGHTED, weighted);
    double klWeight = epoch.path("klWeight").asDouble();
    if (klWeight != 1) {
      double reconstruction = epoch.path("reconstruction").asDouble();
      double kl = epoch.path("kl").asDouble();
      double gap = Math.abs(weighted - (reconstruction - klWeight * kl));
      boolean elbo = gap <= ROUNDING * (Math.abs(reconstruction) + Math.abs(kl));
      epoch.put(BOUND, elbo ? reconstruction - kl : Double.NaN);
    }
  }
}
