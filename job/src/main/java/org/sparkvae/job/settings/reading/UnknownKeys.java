package org.sparkvae.job.settings.reading;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sparkvae.job.settings.SettingsException;

/** Refuses keys that neither reference.conf nor any kind of a part holds. */
final class UnknownKeys {
  private final ConfigObject reference;
  private final List<Part> parts;

  /**
   * Takes what is known.
   *
   * @param reference reference.conf, resolved
   * @param parts whose kinds have keys of their own
   */
  UnknownKeys(ConfigObject reference, List<Part> parts) {
    this.reference = reference;
    this.parts = parts;
  }

  /**
   * Checks all keys, in alphabetical order.
   *
   * @throws SettingsException naming the first unknown key, where it is, and the nearest known one
   */
  void check(ConfigObject given) {
    ConfigObject expected = PartKeys.in(given, parts).withFallback(reference);
    List<String> known = new ArrayList<>();
    collect("", expected, known);
    // The sources have them all; that is where they are mostly meant.
    known.removeIf(key -> key.startsWith(ConfigText.SOURCE_DEFAULTS + "."));
    check("", given, expected, known);
  }

  private static void check(
      String block, ConfigObject given, ConfigObject expected, List<String> known) {
    for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(given).entrySet()) {
      String path = block + ConfigUtil.joinPath(entry.getKey());
      ConfigValue value = entry.getValue();
      ConfigValue model = expected.get(entry.getKey());
      if (model == null) {
        throw new SettingsException(
            Where.of(first(value).origin())
                + ": unknown key "
                + path
                + "; did you mean "
                + Nearest.key(path, known, key -> isOtherwise(value, key, known))
                + "?");
      }
      if (model instanceof ConfigObject inner) {
        if (value.valueType() != ConfigValueType.OBJECT) {
          throw new SettingsException(
              Where.of(value.origin())
                  + ": "
                  + path
                  + " is "
                  + Keys.show(value)
                  + ", but must be a block { ... }");
        }
        check(path + ".", (ConfigObject) value, inner, known);
      }
    }
  }

  /** Whether a value is none for a known key: a single one, where that is of a block. */
  private static boolean isOtherwise(ConfigValue value, String key, List<String> known) {
    return value.valueType() != ConfigValueType.OBJECT
        && known.stream().anyMatch(other -> other.startsWith(key + "."));
  }

  /** The first value inside a block: a block that an override made has no place of its own. */
  private static ConfigValue first(ConfigValue value) {
    return value instanceof ConfigObject block && !block.isEmpty()
        ? first(new TreeMap<>(block).firstEntry().getValue())
        : value;
  }

  private static void collect(String block, ConfigObject object, List<String> known) {
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      String path = block + entry.getKey();
      known.add(path);
      if (entry.getValue() instanceof ConfigObject inner) {
        collect(path + ".", inner, known);
      }
    }
  }
}
