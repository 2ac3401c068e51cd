package org.sparkvae.job.settings.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.regex.Pattern;
import org.sparkvae.job.settings.SettingsException;

/** The {@code key=value} arguments of the command line; a later one wins. */
final class Overrides {
  private static final ConfigParseOptions OPTIONS =
      ConfigParseOptions.defaults().setOriginDescription(Where.COMMAND_LINE);

  /** Lists, blocks, quoted strings and substitutions: what only HOCON can mean. */
  private static final Pattern STRUCTURE = Pattern.compile("[\\[{\"]");

  private Overrides() {}

  /**
   * The arguments as a configuration, not resolved.
   *
   * <p>A value is HOCON where it can be; else, and where HOCON would drop a part of it as a comment
   * (the {@code //} of a URI), it is the text itself.
   *
   * @throws SettingsException where an argument is not key=value
   */
  static Config parse(List<String> arguments) {
    Config config = ConfigFactory.empty();
    for (String argument : arguments) {
      config = TypeNames.asBlocks(one(argument)).withFallback(config);
    }
    return config;
  }

  private static Config one(String argument) {
    int equals = argument.indexOf('=');
    if (equals < 1) {
      throw notAnOverride(argument);
    }
    try {
      ConfigUtil.splitPath(argument.substring(0, equals));
    } catch (ConfigException e) {
      throw notAnOverride(argument);
    }
    return value(argument.substring(equals + 1).strip()).atPath(argument.substring(0, equals));
  }

  private static ConfigValue value(String text) {
    ConfigValue plain = ConfigValueFactory.fromAnyRef(text, Where.COMMAND_LINE);
    boolean structure = STRUCTURE.matcher(text).find();
    if (!structure && (text.contains("//") || text.contains("#") || text.contains("\n"))) {
      return plain;
    }
    try {
      ConfigObject parsed = ConfigFactory.parseString("value = " + text, OPTIONS).root();
      if (parsed.size() != 1) {
        return plain;
      }
      ConfigValue value = parsed.get("value");
      return !structure && value.valueType() == ConfigValueType.STRING ? plain : value;
    } catch (ConfigException.Parse | ConfigException.WrongType e) {
      return plain;
    }
  }

  private static SettingsException notAnOverride(String argument) {
    return new SettingsException(
        Where.COMMAND_LINE
            + ": \""
            + argument.replaceAll("\\R", " ")
            + "\" is not an override; write key=value, such as training.epochs=5");
  }
}
