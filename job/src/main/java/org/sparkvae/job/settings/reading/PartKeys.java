package org.sparkvae.job.settings.reading;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sparkvae.kinds.Component;

/** The keys that the blocks of parts may hold, of whichever kind; their values mean nothing. */
final class PartKeys {
  private static final ConfigValue ANY = ConfigValueFactory.fromAnyRef("");

  private PartKeys() {}

  /**
   * The keys of parts.
   *
   * @param given the configuration, which says how deep parts within parts of the same interface
   *     are to be looked into
   */
  static ConfigObject in(ConfigObject given, List<Part> parts) {
    ConfigObject keys = ConfigFactory.empty().root();
    for (Part part : parts) {
      ConfigObject inner = Part.block(given, part.path());
      keys = of(part.type(), inner, Set.of()).atPath(part.path()).root().withFallback(keys);
    }
    return keys;
  }

  private static ConfigObject of(Class<?> type, ConfigObject given, Set<Class<?>> around) {
    ConfigObject keys = ConfigFactory.empty().root();
    if (type.isSealed()) {
      keys = keys.withValue(Part.TYPE, ANY);
    }
    Set<Class<?>> inside = new HashSet<>(around);
    inside.add(type);
    for (Class<?> kind : Part.kinds(type).values()) {
      for (Component component : Component.of(kind)) {
        ConfigValue value = ANY;
        if (component.isBlock()) {
          ConfigObject inner = Part.block(given, component.key());
          value =
              inner.isEmpty() && inside.contains(component.type())
                  ? inner
                  : of(component.type(), inner, inside);
        }
        keys = value.atKey(component.key()).root().withFallback(keys);
      }
    }
    return keys;
  }
}
