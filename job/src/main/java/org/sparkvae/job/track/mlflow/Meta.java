package org.sparkvae.job.track.mlflow;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The flat YAML of a {@code meta.yaml}: a line a key, texts in single quotes where they are more
 * than letters, digits and a few signs.
 *
 * @param values each as its line has it
 */
record Meta(Map<String, String> values) {
  /** Of no lines yet. */
  static Meta empty() {
    return new Meta(new LinkedHashMap<>());
  }

  /** What a file says; lines that are none of a flat YAML are left out. */
  static Meta parse(String text) {
    Meta meta = empty();
    text.lines()
        .filter(line -> line.matches("\\w+:.*"))
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              meta.values.put(line.substring(0, colon), line.substring(colon + 1).strip());
            });
    return meta;
  }

  /** Adds a text. */
  Meta text(String key, String value) {
    values.put(key, "'" + value.replaceAll("\\s", " ").replace("'", "''") + "'");
    return this;
  }

  /** Adds a number, a word of YAML such as null, or an empty list. */
  Meta plain(String key, Object value) {
    values.put(key, value.toString());
    return this;
  }

  /** A text without its quotes; "" where there is none. */
  String text(String key) {
    String value = values.getOrDefault(key, "");
    if (value.length() >= 2 && value.startsWith("'") && value.endsWith("'")) {
      return value.substring(1, value.length() - 1).replace("''", "'");
    }
    return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
  }

  /** The file. */
  String yaml() {
    StringBuilder lines = new StringBuilder();
    values.forEach((key, value) -> lines.append(key).append(": ").append(value).append('\n'));
    return lines.toString();
  }
}
