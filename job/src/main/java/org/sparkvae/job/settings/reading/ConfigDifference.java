package org.sparkvae.job.settings.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.sparkvae.job.settings.JobSettings;

/**
 * What differs between the configuration of a stored run and another one.
 *
 * <p>Keys that change neither the trained parameters nor the evaluation do not count: the run's
 * place, its evaluation's, the pipeline, what is done with the trained model, the report, who else
 * is told of it, what it is computed on, where images are kept, how often checkpoints are written,
 * and what a bad image does (a run with one either stops, or records it).
 *
 * @param training keys that define the trained model, in alphabetical order
 * @param evaluation keys that define only how it is evaluated, in alphabetical order
 */
public record ConfigDifference(List<String> training, List<String> evaluation) {
  private static final List<String> IGNORED =
      List.of(
          ConfigText.SOURCE_DEFAULTS,
          "analyse",
          "compute",
          "data.on-bad-image",
          "data.storage",
          "evaluation.directory",
          "pipeline",
          "report",
          "run",
          "tracking",
          "training.checkpoint");
  private static final String TYPE = "." + Part.TYPE;
  private static final List<String> EVALUATION = List.of("data.test", "evaluation");

  /** Makes the lists immutable. */
  public ConfigDifference {
    training = List.copyOf(training);
    evaluation = List.copyOf(evaluation);
  }

  /**
   * Compares two configurations by the meaning of their values. Settings of kinds that are not
   * chosen do not count, and where the kinds of a part differ, those that only one of them has.
   *
   * <p>Secrets are left out of the comparison, since the stored text does not hold them.
   *
   * @param stored read from {@link ConfigText#of}
   * @param now resolved
   */
  public static ConfigDifference between(Config stored, Config now) {
    Map<String, Object> before = values(stored);
    Map<String, Object> after = values(now);
    Set<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    keys.removeIf(
        key ->
            isIn(IGNORED, key)
                || isIn(JobSettings.APPLICATIONS, key)
                || same(before.get(key), after.get(key)));
    List<String> otherKinds =
        keys.stream()
            .filter(key -> key.endsWith(TYPE))
            .map(key -> key.substring(0, key.length() - TYPE.length()))
            .toList();
    keys.removeIf(
        key -> isIn(otherKinds, key) && !(before.containsKey(key) && after.containsKey(key)));
    List<String> training = new ArrayList<>();
    List<String> evaluation = new ArrayList<>();
    for (String key : keys) {
      (isIn(EVALUATION, key) ? evaluation : training).add(key);
    }
    return new ConfigDifference(training, evaluation);
  }

  /** Whether nothing that counts differs. */
  public boolean isEmpty() {
    return training.isEmpty() && evaluation.isEmpty();
  }

  private static Map<String, Object> values(Config config) {
    Map<String, Object> values = new TreeMap<>();
    Config inUse = ConfigText.redacted(ConfigText.inUse(config));
    for (Map.Entry<String, ConfigValue> entry : inUse.entrySet()) {
      values.put(entry.getKey(), meaning(entry.getValue().unwrapped()));
    }
    return values;
  }

  /** Whether two values mean the same. */
  public static boolean same(ConfigValue one, ConfigValue other) {
    return meaning(one.unwrapped()).equals(meaning(other.unwrapped()));
  }

  private static boolean same(Object before, Object after) {
    return before != null && before.equals(after);
  }

  /** Numbers by value, as text or not: 1e-3 is 0.001, and "5" from the environment is 5. */
  private static Object meaning(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(ConfigDifference::meaning).toList();
    }
    try {
      return new BigDecimal(value.toString()).stripTrailingZeros();
    } catch (NumberFormatException e) {
      return value.toString();
    }
  }

  private static boolean isIn(List<String> blocks, String key) {
    return blocks.stream().anyMatch(block -> key.equals(block) || key.startsWith(block + "."));
  }
}
