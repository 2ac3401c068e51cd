package org.sparkvae.job.checkpoint;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one epoch did; a row of {@code epochs.parquet}.
 *
 * @param epoch from 1
 * @param measures what its steps measured, by name: means per image, in nats, of the parameters
 *     before each step; {@value #OBJECTIVE}, J, is N times the mean weighted objective, plus the
 *     log prior of the weights
 * @param klWeight weight of the KL term in this epoch
 * @param learningRate in this epoch
 * @param validationBound mean validation bound per image, nats; NaN where none was computed
 * @param work done
 * @param times of it
 */
public record EpochRecord(
    int epoch,
    Map<String, Double> measures,
    double klWeight,
    double learningRate,
    double validationBound,
    EpochWork work,
    EpochTimes times)
    implements Serializable {
  public static final String OBJECTIVE = "objective";

  /** Mean log-density of the training images' codes under the mixture that is fitted to them. */
  public static final String CODE_LOG_DENSITY = "code_log_density";

  private static final String VALIDATION_OBJECTIVE = "validation_objective";

  /** Copies the measures, in their order. */
  public EpochRecord {
    measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
  }

  /** The same, and more measures. */
  public EpochRecord with(Map<String, Double> more) {
    Map<String, Double> all = new LinkedHashMap<>(measures);
    all.putAll(more);
    return new EpochRecord(epoch, all, klWeight, learningRate, validationBound, work, times);
  }

  /** The same, of a model that has no bound: what validation found is a measure of another name. */
  public EpochRecord withoutBound() {
    Map<String, Double> found =
        Double.isNaN(validationBound) ? Map.of() : Map.of(VALIDATION_OBJECTIVE, validationBound);
    return new EpochRecord(epoch, measures, klWeight, learningRate, Double.NaN, work, times)
        .with(found);
  }

  /** What validation found: a bound, or the objective of a model that has none; NaN for nothing. */
  public double validation() {
    return measures.getOrDefault(VALIDATION_OBJECTIVE, validationBound);
  }

  /** A measure; NaN where it was not taken. */
  public double measure(String name) {
    return measures.getOrDefault(name, Double.NaN);
  }

  /**
   * Mean bound per image, nats; NaN where what was optimised is no bound, or an earlier version
   * stored only the weighted objective, and it does not follow from the rest.
   */
  public double bound() {
    return measure("bound");
  }

  /**
   * Mean per image of what was optimised, nats: the bound with {@code klWeight}, which is no bound
   * where that is not 1.
   */
  public double weightedObjective() {
    return measure("weighted_objective");
  }

  public double imagesPerSecond() {
    return work.images() / times.whole();
  }
}
