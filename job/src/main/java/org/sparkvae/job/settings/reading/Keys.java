package org.sparkvae.job.settings.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.kinds.Range;

/**
 * Reads typed values from one block of a resolved configuration.
 *
 * <p>Every method throws a {@link SettingsException} that says where the value is, what it is, and
 * what it must be.
 */
final class Keys {
  /** Beyond it a double no longer counts whole numbers one by one. */
  private static final double LARGEST_EXACT = 0x1p53;

  private final Config config;
  private final String block;
  private final String file;
  private final Map<String, String> read;

  /**
   * The whole configuration.
   *
   * @param file the user's settings file, named where a default is at fault
   */
  Keys(Config config, String file) {
    this(config, "", file, new TreeMap<>());
  }

  private Keys(Config config, String block, String file, Map<String, String> read) {
    this.config = config;
    this.block = block;
    this.file = file;
    this.read = read;
  }

  /** The whole configuration, also of the keys of a block. */
  Config config() {
    return config;
  }

  /** The keys of a block in this one. */
  Keys at(String key) {
    return new Keys(config, path(key) + ".", file, read);
  }

  /**
   * All full keys read so far, through this and every block of the same configuration, and what
   * their values must be.
   */
  Map<String, String> read() {
    return read;
  }

  /** The full key. */
  String path(String key) {
    return block + key;
  }

  /** Whether the block holds a key. */
  boolean has(String key) {
    return find(path(key)) != null;
  }

  boolean isNull(String key) {
    return find(path(key)).valueType() == ConfigValueType.NULL;
  }

  int whole(String key, int least) {
    return (int) whole(key, Range.atLeast(least), Integer.MAX_VALUE);
  }

  long whole(String key, Range range) {
    return whole(key, range, Long.MAX_VALUE);
  }

  /** A whole number in a range, and at most so large. */
  long whole(String key, Range range, long most) {
    return whole(key, value(key, "a whole number" + range.text()), range, most);
  }

  private long whole(String key, ConfigValue value, Range range, long most) {
    String must = "a whole number" + range.text();
    Number number = as(Config::getNumber, key, value, must);
    double real = number.doubleValue();
    boolean exact = number instanceof Long || number instanceof Integer;
    if (!exact && (real != Math.rint(real) || Math.abs(real) > LARGEST_EXACT)) {
      throw wrong(key, value, must);
    }
    long whole = number.longValue();
    if (!range.contains(whole)) {
      throw wrong(key, value, must);
    }
    if (whole > most) {
      throw wrong(key, value, "at most " + most);
    }
    return whole;
  }

  double number(String key, Range range) {
    String must = "a number" + range.text();
    ConfigValue value = value(key, must);
    double number = as(Config::getNumber, key, value, must).doubleValue();
    if (!range.contains(number)) {
      throw wrong(key, value, must);
    }
    return number;
  }

  String text(String key) {
    return as(Config::getString, key, value(key, "text"), "text");
  }

  boolean flag(String key) {
    String must = "true or false";
    return as(Config::getBoolean, key, value(key, must), must);
  }

  <E extends Enum<E>> E choice(String key, List<E> choices) {
    List<String> names = choices.stream().map(Keys::name).toList();
    return choices.get(names.indexOf(oneOf(key, names)));
  }

  /** One of the names. */
  String oneOf(String key, List<String> names) {
    String must = anyOf(names);
    ConfigValue value = value(key, must);
    String given = as(Config::getString, key, value, must);
    if (!names.contains(given)) {
      throw wrong(key, value, must);
    }
    return given;
  }

  /** At least one of the names, each at most once. */
  List<String> someOf(String key, List<String> names) {
    String must = "a list such as [" + names.get(0) + "], each at most once";
    List<String> chosen = new ArrayList<>();
    for (ConfigValue element : list(key, must)) {
      String name = as(Config::getString, key, element, must);
      if (!names.contains(name)) {
        throw new SettingsException(
            "%s: %s holds %s; did you mean %s?"
                .formatted(
                    Where.of(element, file), path(key), show(element), Nearest.key(name, names)));
      }
      chosen.add(name);
    }
    if (chosen.isEmpty() || Set.copyOf(chosen).size() < chosen.size()) {
      throw wrong(key, find(path(key)), must);
    }
    return List.copyOf(chosen);
  }

  /** A list of whole numbers, each in a range; an example of one goes into the message. */
  List<Integer> wholeList(String key, Range range, String example) {
    List<Integer> wholes = new ArrayList<>();
    for (ConfigValue element : list(key, "a list of whole numbers such as " + example)) {
      wholes.add((int) whole(key, element, range, Integer.MAX_VALUE));
    }
    return List.copyOf(wholes);
  }

  /** A list of texts. */
  List<String> textList(String key) {
    String must = "a list of texts such as [\"a\", \"b\"]";
    List<String> texts = new ArrayList<>();
    for (ConfigValue element : list(key, must)) {
      texts.add(as(Config::getString, key, element, must));
    }
    return List.copyOf(texts);
  }

  private ConfigList list(String key, String must) {
    return as(Config::getList, key, value(key, must), must);
  }

  /** An error at a key: where it is set, the key, and the given rest of the line. */
  SettingsException problem(String key, String text) {
    return new SettingsException(Where.of(find(path(key)), file) + ": " + path(key) + " " + text);
  }

  /** An error in the whole block: where something in it is set, the block, and why. */
  SettingsException refused(String why) {
    String name = block.substring(0, block.length() - 1);
    ConfigValue given =
        find(name) instanceof ConfigObject values
            ? values.values().stream()
                .filter(value -> !Where.isDefault(value))
                .min(Comparator.comparingInt(value -> value.origin().lineNumber()))
                .orElse(null)
            : null;
    return new SettingsException(Where.of(given, file) + ": " + name + ": " + why);
  }

  private SettingsException wrong(String key, ConfigValue value, String must) {
    return new SettingsException(
        Where.of(value, file) + ": " + path(key) + " is " + show(value) + ", but must be " + must);
  }

  /** A value as a message shows it, on one line. */
  static String show(ConfigValue value) {
    return value instanceof ConfigObject
        ? "a block { ... }"
        : value.render(ConfigRenderOptions.concise());
  }

  /** A choice as it is written in a settings file. */
  static String name(Enum<?> choice) {
    return choice.toString().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String anyOf(List<String> names) {
    if (names.size() == 1) {
      return names.get(0);
    }
    return String.join(", ", names.subList(0, names.size() - 1))
        + " or "
        + names.get(names.size() - 1);
  }

  private <T> T as(Getter<T> getter, String key, ConfigValue value, String must) {
    try {
      return getter.get(value.atKey("value"), "value");
    } catch (ConfigException e) {
      throw wrong(key, value, must);
    }
  }

  /** The value as it is, null included, of a key that is there; it is noted what it must be. */
  private ConfigValue value(String key, String must) {
    read.put(path(key), must);
    return find(path(key));
  }

  private ConfigValue find(String path) {
    ConfigValue value = config.root();
    for (String part : ConfigUtil.splitPath(path)) {
      value = value instanceof ConfigObject object ? object.get(part) : null;
    }
    return value;
  }

  /** One of Config's typed getters. */
  @FunctionalInterface
  private interface Getter<T> {
    T get(Config config, String path);
  }
}
