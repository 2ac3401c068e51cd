package org.sparkvae.job.settings.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Map;

/** Writes a resolved configuration as HOCON, without secrets, and reads it again. */
public final class ConfigText {
  /** The file in a run's directory that holds its settings. */
  public static final String FILE = "config.conf";

  /** The defaults of a source, which each source holds already. */
  static final String SOURCE_DEFAULTS = "image-source";

  private static final ConfigRenderOptions HOCON =
      ConfigRenderOptions.defaults().setOriginComments(false).setComments(false).setJson(false);

  private ConfigText() {}

  /**
   * All settings as HOCON that can be read again.
   *
   * <p>Values whose key holds password, secret, token or credential, and user and password in a
   * URI, are replaced by {@code (redacted)}.
   */
  public static String of(Config config) {
    return redacted(config.withoutPath(SOURCE_DEFAULTS)).root().render(HOCON);
  }

  /**
   * The configuration that such a text holds. A key that it does not have, because the job had no
   * such key then, has its default.
   *
   * @throws ConfigException where it is no HOCON
   */
  public static Config parse(String text) {
    return KindDefaults.in(ConfigFactory.parseString(text).withFallback(SettingsReader.defaults()));
  }

  /** A resolved configuration without the settings of kinds that are not chosen. */
  public static Config inUse(Config config) {
    Config inUse = config;
    for (IdleSetting idle : IdleSetting.in(config)) {
      inUse = inUse.withoutPath(idle.path());
    }
    return inUse;
  }

  /** Whether it is such a text, which holds every key, and no settings file that a person wrote. */
  public static boolean isOne(String text) {
    try {
      Config config = ConfigFactory.parseString(text);
      return SettingsReader.defaults().withoutPath(SOURCE_DEFAULTS).entrySet().stream()
          .allMatch(entry -> config.hasPathOrNull(entry.getKey()));
    } catch (ConfigException e) {
      return false;
    }
  }

  /** The configuration with secrets replaced. */
  static Config redacted(Config config) {
    Config result = config;
    for (Map.Entry<String, ConfigValue> entry : config.entrySet()) {
      ConfigValue value = entry.getValue();
      String path = entry.getKey();
      if (Secrets.isKeyOfOne(path)) {
        result = result.withValue(path, ConfigValueFactory.fromAnyRef(Secrets.REDACTED));
      } else {
        Object clean = redacted(value.unwrapped());
        if (!clean.equals(value.unwrapped())) {
          result = result.withValue(path, ConfigValueFactory.fromAnyRef(clean));
        }
      }
    }
    return result;
  }

  /** A value, or the values of a list. */
  private static Object redacted(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(ConfigText::redacted).toList();
    }
    return value instanceof String text ? Secrets.hideIn(text) : value;
  }
}
