package org.sparkvae.job.settings.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sparkvae.kinds.Component;
import org.sparkvae.kinds.Kinds;

/**
 * All settings in Markdown: those of reference.conf, and those that kinds of parts declare. What a
 * value must be is as the messages of wrong ones say it.
 */
final class SettingsTable {
  private static final String INTRODUCTION =
      """
      # Settings

      Every key of a settings file. The tables are made from `reference.conf` and from the records that declare
      the parts of a model and of its training. Each of `data.train`, `data.test` and `data.validation` has the
      keys of `image-source`; what is set in that block goes for all three. A block with a type may be written as the
      type alone: `model.prior = vampprior` is `model.prior.type = vampprior`.
      """;

  private static final String COLUMNS =
      """
      | Key | Default | Must be | What it is |
      | --- | --- | --- | --- |
      """;

  private static final List<String> SOURCES = List.of("data.train", "data.test", "data.validation");
  private static final String PART = "part";

  private final Config defaults = SettingsReader.defaults();

  private SettingsTable() {}

  /** The text of the page. */
  static String markdown() {
    SettingsTable table = new SettingsTable();
    return INTRODUCTION + table.shared() + table.kinds();
  }

  /** A table for each block of reference.conf, in its order. */
  private String shared() {
    Keys keys = new Keys(ConfigFactory.parseString("run.directory = x").withFallback(defaults), "");
    SettingsReader.read(keys);
    List<Map.Entry<String, ConfigValue>> settings = new ArrayList<>();
    leaves(defaults.root(), "", settings);
    settings.removeIf(setting -> isOfAllSources(setting.getKey(), setting.getValue()));
    settings.sort(Comparator.comparingInt(setting -> setting.getValue().origin().lineNumber()));
    Map<String, StringBuilder> tables = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigValue> setting : settings) {
      String key = setting.getKey();
      ConfigValue value = setting.getValue();
      String read = key.replaceFirst("^" + ConfigText.SOURCE_DEFAULTS, SOURCES.get(0));
      String says =
          value.origin().comments().stream().map(String::strip).collect(Collectors.joining(" "));
      tables
          .computeIfAbsent(
              key.contains(".") ? key.replaceFirst("\\..*", "") : "", SettingsTable::head)
          .append(row(key, value, keys.read().get(read), says));
    }
    return String.join("", tables.values());
  }

  private static void leaves(
      ConfigObject object, String block, List<Map.Entry<String, ConfigValue>> leaves) {
    object.forEach(
        (key, value) -> {
          if (value instanceof ConfigObject inner) {
            leaves(inner, block + key + ".", leaves);
          } else {
            leaves.add(Map.entry(block + key, value));
          }
        });
  }

  /** Whether a source has a setting from the defaults of all sources. */
  private boolean isOfAllSources(String path, ConfigValue value) {
    String key = path.substring(path.lastIndexOf('.') + 1);
    ConfigValue ofAll = Part.block(defaults.root(), ConfigText.SOURCE_DEFAULTS).get(key);
    return SOURCES.contains(path.substring(0, Math.max(0, path.length() - key.length() - 1)))
        && ofAll != null
        && ofAll.origin().lineNumber() == value.origin().lineNumber();
  }

  /** A table for each kind that has settings of its own. */
  private String kinds() {
    Map<Class<?>, List<String>> blocks = new LinkedHashMap<>();
    Part.all().forEach(part -> place(part.type(), part.path(), blocks));
    StringBuilder tables = new StringBuilder();
    blocks.forEach(
        (type, paths) ->
            Part.kinds(type).forEach((name, kind) -> tables.append(kind(type, name, kind, paths))));
    return tables.toString();
  }

  /** Notes where a part may stand; what is in it, where it is met first. */
  private static void place(Class<?> type, String path, Map<Class<?>, List<String>> blocks) {
    boolean first = !blocks.containsKey(type);
    blocks.computeIfAbsent(type, key -> new ArrayList<>()).add(path);
    if (first) {
      for (Class<?> kind : Part.kinds(type).values()) {
        Component.of(kind).stream()
            .filter(Component::isBlock)
            .forEach(inner -> place(inner.type(), path + "." + inner.key(), blocks));
      }
    }
  }

  private String kind(Class<?> type, String name, Class<?> kind, List<String> paths) {
    Config shared =
        defaults.hasPath(paths.get(0)) ? defaults.getConfig(paths.get(0)) : ConfigFactory.empty();
    Config chosen =
        name.isEmpty()
            ? shared
            : ConfigFactory.parseMap(Map.of(Part.TYPE, name)).withFallback(shared);
    Config block = chosen.withFallback(KindDefaults.of(type, chosen.root()));
    Keys keys = new Keys(block.atPath(PART), "");
    Kinds.read(type, new Block(keys.at(PART)));
    StringBuilder rows = new StringBuilder();
    for (Component component : Component.of(kind)) {
      String key = component.isBlock() ? component.key() + "." + Part.TYPE : component.key();
      if (block.hasPath(key) && !shared.hasPath(key)) {
        String must = keys.read().get(PART + "." + key);
        rows.append(row(key, block.getValue(key), must, component.says()));
      }
    }
    // Several kinds may have a part of one name.
    String of =
        paths.stream()
            .distinct()
            .map(path -> "`" + path + "`")
            .collect(Collectors.joining(" and "));
    return rows.isEmpty()
        ? ""
        : head(of + (name.isEmpty() ? "" : " of type `" + name + "`")).append(rows).toString();
  }

  private static StringBuilder head(String title) {
    String heading = title.isEmpty() ? "" : "\n## " + title + "\n";
    return new StringBuilder(heading + "\n" + COLUMNS);
  }

  private static String row(String key, ConfigValue otherwise, String must, String says) {
    return "| `%s` | %s | %s | %s |\n"
        .formatted(key, written(otherwise), must.replace("|", "\\|"), says.replace("|", "\\|"));
  }

  /** As a settings file may write it. */
  private static String written(ConfigValue value) {
    if (value.valueType() == ConfigValueType.NULL) {
      return "none";
    }
    Object plain =
        value.valueType() == ConfigValueType.NUMBER
            ? value.atKey(PART).getString(PART)
            : value.unwrapped();
    return plain.equals("") ? "`\"\"`" : "`" + plain + "`";
  }
}
