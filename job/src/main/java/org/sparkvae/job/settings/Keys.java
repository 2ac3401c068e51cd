package org.sparkvae.job.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
  private final Set<String> read;

  /**
   * The whole configuration.
   *
   * @param file the user's settings file, named where a default is at fault
   */
  Keys(Config config, String file) {
    this(config, "", file, new TreeSet<>());
  }

  private Keys(Config config, String block, String file, Set<String> read) {
    this.config = config;
    this.block = block;
    this.file = file;
    this.read = read;
  }

  /** The keys of a block in this one. */
  Keys at(String key) {
    return new Keys(config, path(key) + ".", file, read);
  }

  /** All full keys read so far, through this and every block of the same configuration. */
  Set<String> read() {
    return read;
  }

  /** The full key. */
  String path(String key) {
    return block + key;
  }

  boolean isNull(String key) {
    return value(key).valueType() == ConfigValueType.NULL;
  }

  int whole(String key, int least) {
    return (int) whole(key, least, Integer.MAX_VALUE);
  }

  long whole(String key, long least) {
    return whole(key, least, Long.MAX_VALUE);
  }

  private long whole(String key, long least, long most) {
    return whole(key, value(key), least, most);
  }

  private long whole(String key, ConfigValue value, long least, long most) {
    String must = "a whole number" + (least == Long.MIN_VALUE ? "" : " of at least " + least);
    Number number = as(Config::getNumber, key, value, must);
    double real = number.doubleValue();
    boolean exact = number instanceof Long || number instanceof Integer;
    if (!exact && (real != Math.rint(real) || Math.abs(real) > LARGEST_EXACT)) {
      throw wrong(key, value, must);
    }
    long whole = number.longValue();
    if (whole < least) {
      throw wrong(key, value, must);
    }
    if (whole > most) {
      throw wrong(key, value, "at most " + most);
    }
    return whole;
  }

  double number(String key, Range range) {
    ConfigValue value = value(key);
    String must = "a number " + range.text();
    double number = as(Config::getNumber, key, value, must).doubleValue();
    if (!range.contains(number)) {
      throw wrong(key, value, must);
    }
    return number;
  }

  String text(String key) {
    return as(Config::getString, key, value(key), "text");
  }

  boolean flag(String key) {
    return as(Config::getBoolean, key, value(key), "true or false");
  }

  <E extends Enum<E>> E choice(String key, List<E> choices) {
    ConfigValue value = value(key);
    String must = oneOf(choices.stream().map(Keys::name).toList());
    String given = as(Config::getString, key, value, must);
    return choices.stream()
        .filter(choice -> name(choice).equals(given))
        .findFirst()
        .orElseThrow(() -> wrong(key, value, must));
  }

  /** A list of whole numbers; an example of one goes into the message. */
  List<Integer> wholeList(String key, int least, List<Integer> example) {
    List<Integer> wholes = new ArrayList<>();
    for (ConfigValue element : list(key, "a list of whole numbers such as " + example)) {
      wholes.add((int) whole(key, element, least, Integer.MAX_VALUE));
    }
    return List.copyOf(wholes);
  }

  /** One of the given lists of choices, in just that order. */
  <E extends Enum<E>> List<E> choices(String key, List<List<E>> allowed) {
    String must = oneOf(allowed.stream().map(Keys::names).toList());
    String given =
        list(key, must).stream()
            .map(element -> as(Config::getString, key, element, must))
            .collect(Collectors.joining(", ", "[", "]"));
    return allowed.stream()
        .filter(choices -> names(choices).equals(given))
        .findFirst()
        .orElseThrow(() -> wrong(key, value(key), must));
  }

  private ConfigList list(String key, String must) {
    return as(Config::getList, key, value(key), must);
  }

  /** An error at a key: where it is set, the key, and the given rest of the line. */
  SettingsException problem(String key, String text) {
    return new SettingsException(Where.of(value(key), file) + ": " + path(key) + " " + text);
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

  private static String names(List<? extends Enum<?>> choices) {
    return choices.stream().map(Keys::name).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String oneOf(List<String> names) {
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

  /** The value as it is, null included; the block is one of reference.conf, so there is one. */
  private ConfigValue value(String key) {
    read.add(path(key));
    ConfigValue value = config.root();
    for (String part : ConfigUtil.splitPath(path(key))) {
      value = ((ConfigObject) value).get(part);
    }
    return value;
  }

  /** One of Config's typed getters. */
  @FunctionalInterface
  private interface Getter<T> {
    T get(Config config, String path);
  }
}
