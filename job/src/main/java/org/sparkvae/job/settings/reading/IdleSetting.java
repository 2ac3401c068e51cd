package org.sparkvae.job.settings.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.kinds.Component;
import org.sparkvae.kinds.Kinds;

/**
 * A setting that is given, but is one of other kinds than that which is chosen for its part.
 *
 * @param block the path of the part
 * @param declared the components of other kinds that it could be a value of
 */
record IdleSetting(String block, List<Component> declared) {
  /** All of a resolved configuration, in the order of their declarations. */
  static List<IdleSetting> in(Config config) {
    return in(config, Part.all());
  }

  /** The same, of some parts. */
  static List<IdleSetting> in(Config config, List<Part> parts) {
    List<IdleSetting> idle = new ArrayList<>();
    for (Part part : parts) {
      collect(part.type(), part.path(), Part.block(config.root(), part.path()), idle);
    }
    return List.copyOf(idle);
  }

  private static void collect(
      Class<?> type, String block, ConfigObject given, List<IdleSetting> idle) {
    Optional<Class<?>> kind = Part.chosen(type, given);
    if (kind.isEmpty()) {
      return;
    }
    List<Component> chosen = Component.of(kind.get());
    Set<String> own = chosen.stream().map(Component::key).collect(Collectors.toSet());
    Map<String, List<Component>> others = new LinkedHashMap<>();
    for (Class<?> other : Part.kinds(type).values()) {
      for (Component component : Component.of(other)) {
        if (!own.contains(component.key()) && given.containsKey(component.key())) {
          others.computeIfAbsent(component.key(), key -> new ArrayList<>()).add(component);
        }
      }
    }
    others.values().forEach(declared -> idle.add(new IdleSetting(block, declared)));
    for (Component component : chosen) {
      if (component.isBlock()) {
        String key = component.key();
        collect(component.type(), block + "." + key, Part.block(given, key), idle);
      }
    }
  }

  /** Its full key. */
  String path() {
    return block + "." + declared.get(0).key();
  }

  /** The full key that makes it idle. */
  String because() {
    return block + "." + Part.TYPE;
  }

  /**
   * Checks that it is right for one of the kinds that have it.
   *
   * @throws SettingsException where it is not, as the first of them says it
   */
  void check(Keys keys) {
    List<SettingsException> wrong = new ArrayList<>();
    for (Component component : declared) {
      try {
        Kinds.value(component, new Block(keys.at(block)));
        return;
      } catch (SettingsException e) {
        wrong.add(e);
      }
    }
    throw wrong.get(0);
  }

  /**
   * Whether a value of it is a default.
   *
   * @param defaults of reference.conf
   */
  boolean isDefault(ConfigValue value, Config defaults) {
    return defaults.hasPath(path()) && ConfigDifference.same(value, defaults.getValue(path()))
        || declared.stream()
            .flatMap(component -> KindDefaults.value(component).stream())
            .anyMatch(otherwise -> ConfigDifference.same(value, otherwise));
  }
}
