package org.sparkvae.job.report.summary;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code summary.json}: a run's results and versions, its keys always in the same order.
 *
 * <p>Nats per image, seconds. What is not known, NaN and infinity are null, for JSON has no others.
 */
public final class Summary {
  private final Map<String, Object> values = new LinkedHashMap<>();

  /**
   * Of a run.
   *
   * @param versions as {@link Versions#found()} gives them
   * @param extra what else is worth knowing, in this order; numbers, strings, booleans, nulls, and
   *     maps and lists of them
   * @throws IllegalArgumentException where {@code extra} names a key that the summary has already
   */
  public Summary(Results results, Map<String, String> versions, Map<String, ?> extra) {
    TrainingResult training = results.training();
    EvaluationResult evaluation = results.evaluation().orElse(null);
    boolean evaluated = evaluation != null;
    boolean encoded = evaluated && evaluation.activeUnits().all() > 0;
    Optional<EvaluationResult.Sampling> sampling =
        results.evaluation().flatMap(EvaluationResult::sampling);
    values.put("test_nll", evaluated ? evaluation.nll().mean() : null);
    values.put("test_nll_standard_error", evaluated ? evaluation.nll().standardError() : null);
    values.put("active_units", encoded ? evaluation.activeUnits().count() : null);
    values.put("training_images_per_second", training.speed().imagesPerSecond());
    values.put(
        "evaluation_images_per_second", evaluated ? evaluation.speed().imagesPerSecond() : null);
    values.put("training_images", training.images());
    values.put("test_images", evaluated ? evaluation.images() : null);
    values.put("samples", sampling.map(EvaluationResult.Sampling::samples).orElse(null));
    values.put("epochs", training.epochs());
    values.put("shards", training.shards());
    values.put("seed", results.seed());
    values.put("versions", versions);
    values.put(
        "test_bound_by_samples", sampling.map(EvaluationResult.Sampling::bounds).orElse(null));
    values.put("latent_units", encoded ? evaluation.activeUnits().all() : null);
    values.put("training_seconds", training.speed().seconds());
    values.put("evaluation_seconds", evaluated ? evaluation.speed().seconds() : null);
    annealing(results.evaluation().flatMap(EvaluationResult::annealing));
    extra.forEach(
        (key, value) -> {
          if (values.containsKey(key)) {
            throw new IllegalArgumentException("the summary has a key " + key + " already");
          }
          values.put(key, value);
        });
  }

  private void annealing(Optional<EvaluationResult.Annealing> annealing) {
    Optional<EvaluationResult.Sandwich> simulated =
        annealing.flatMap(EvaluationResult.Annealing::simulated);
    values.put("annealed_chains", annealing.map(of -> of.chains()).orElse(null));
    values.put("annealed_temperatures", annealing.map(of -> of.temperatures()).orElse(null));
    values.put("bidirectional_images", simulated.map(of -> of.images()).orElse(null));
    values.put("bidirectional_lower", simulated.map(of -> of.lower()).orElse(null));
    values.put("bidirectional_upper", simulated.map(of -> of.upper()).orElse(null));
    values.put("bidirectional_gap", simulated.map(of -> of.gap()).orElse(null));
    values.put("bidirectional_gap_standard_error", simulated.map(of -> of.gapError()).orElse(null));
  }

  /** As indented JSON, ending with a line feed. */
  public String json() {
    return JsonText.of(values);
  }
}
