package org.sparkvae.job.settings.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Optional;
import org.sparkvae.kinds.Component;

/** The defaults that the kinds of parts declare, beside those of reference.conf. */
final class KindDefaults {
  private static final ConfigParseOptions OPTIONS =
      ConfigParseOptions.defaults().setOriginDescription(Where.REFERENCE);

  private KindDefaults() {}

  /**
   * The configuration with the defaults of all chosen kinds where it has no value. A block that
   * chooses none that there is stays as it is.
   *
   * @param config resolved
   */
  static Config in(Config config) {
    return in(config, Part.all());
  }

  /** The same, of some parts. */
  static Config in(Config config, List<Part> parts) {
    return config.withFallback(of(config, parts));
  }

  /**
   * The defaults of all kinds that a configuration chooses.
   *
   * @param config resolved, but for what may be missing
   * @throws ConfigException.NotResolved where something is missing in the block of a part
   */
  static Config of(Config config, List<Part> parts) {
    Config defaults = ConfigFactory.empty();
    for (Part part : parts) {
      ConfigObject given = Part.block(config.root(), part.path());
      defaults = defaults.withFallback(of(part.type(), given).atPath(part.path()));
    }
    return defaults;
  }

  /** The defaults of the kind that a part's block chooses. */
  static ConfigObject of(Class<?> type, ConfigObject given) {
    ConfigObject defaults = ConfigFactory.empty().root();
    Optional<Class<?>> kind = Part.chosen(type, given);
    if (kind.isEmpty()) {
      return defaults;
    }
    for (Component component : Component.of(kind.get())) {
      Optional<ConfigValue> value =
          component.isBlock()
              ? Optional.of(nested(component, Part.block(given, component.key())))
              : value(component);
      if (value.isPresent()) {
        defaults = defaults.withValue(component.key(), value.get());
      }
    }
    return defaults;
  }

  private static ConfigObject nested(Component component, ConfigObject given) {
    ConfigObject type =
        component
            .otherwise()
            .filter(name -> component.type().isSealed())
            .map(name -> ConfigValueFactory.fromAnyRef(name, Where.REFERENCE).atKey(Part.TYPE))
            .orElse(ConfigFactory.empty())
            .root();
    // A block of defaults is a default, whose own place is nobody's file.
    return of(component.type(), given.withFallback(type))
        .withFallback(type)
        .withOrigin(ConfigOriginFactory.newSimple(Where.REFERENCE));
  }

  /** The default of a component that is no block. */
  static Optional<ConfigValue> value(Component component) {
    return component
        .otherwise()
        .map(text -> ConfigFactory.parseString("value = " + text, OPTIONS).getValue("value"));
  }
}
