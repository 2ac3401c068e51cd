package org.sparkvae.job.settings.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.List;
import java.util.Optional;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.settings.checks.Contradictions;
import org.sparkvae.kinds.Kinds;
import org.sparkvae.kinds.Range;
import org.sparkvae.vae.Model;

/**
 * Reads a settings file and overrides over the defaults of reference.conf, and checks them all. A
 * job that does not train takes what it is not given from the run, where there is one.
 */
public final class SettingsReader {
  private static final Config REFERENCE = parseReference();
  private static final Config DEFAULTS = REFERENCE.resolve(Environment.OPTIONS);

  private SettingsReader() {}

  /**
   * The settings of a job.
   *
   * <p>Substitutions find other keys and then environment variables; system properties do not
   * matter.
   *
   * @param file HOCON: a local path, or any Hadoop URI
   * @param overrides {@code key=value}, values in HOCON or plain text; a later one wins
   * @throws SettingsException for the first wrong setting: unknown keys in alphabetical order, then
   *     values in the order of reference.conf, then those that contradict one another
   */
  public static JobSettings read(String file, List<String> overrides) {
    return read(
        Overrides.parse(overrides).withFallback(TypeNames.asBlocks(SettingsFile.parse(file))),
        file);
  }

  /**
   * Settings that a program was given as text.
   *
   * @param text HOCON
   * @param name by which messages call it
   * @return not resolved
   * @throws SettingsException where it is no HOCON
   */
  public static Config parse(String text, String name) {
    ConfigParseOptions options = ConfigParseOptions.defaults().setOriginDescription(name);
    try {
      return TypeNames.asBlocks(ConfigFactory.parseString(text, options));
    } catch (ConfigException e) {
      throw SettingsFile.unreadable(e);
    }
  }

  /**
   * The settings of a configuration that is not read from a file, checked like those of one.
   *
   * @param given not resolved, from {@link #parse} or of single values
   * @param name what messages name for a default that is at fault
   * @throws SettingsException as {@link #read(String, List)}
   */
  public static JobSettings read(Config given, String name) {
    Config alone = resolved(given.withFallback(REFERENCE));
    UnknownKeys unknown = new UnknownKeys(defaults().root(), Part.all());
    unknown.check(alone.root());
    Optional<Config> inherited = InheritedSettings.of(alone);
    Config config =
        inherited
            .map(run -> resolved(given.withFallback(run).withFallback(REFERENCE)))
            .orElse(alone);
    unknown.check(config.root());
    Keys keys = new Keys(config, name);
    JobSettings settings = read(keys);
    IdleSetting.in(config).forEach(idle -> idle.check(keys));
    Contradictions.first(settings, config::getString)
        .ifPresent(
            found -> {
              throw keys.problem(found.setting(), found.says());
            });
    return settings;
  }

  /**
   * The settings that a run was started with.
   *
   * @param text from {@link ConfigText#of}
   * @param place of the text, for messages
   * @throws SettingsException where it is no HOCON, or a value is wrong
   */
  public static JobSettings stored(String text, String place) {
    try {
      return read(new Keys(ConfigText.parse(text), place));
    } catch (ConfigException e) {
      throw new SettingsException(
          place + " cannot be read: " + SettingsFile.unreadable(e).getMessage());
    }
  }

  private static Config resolved(Config config) {
    try {
      return config.withFallback(kindDefaults(config)).resolve(Environment.OPTIONS);
    } catch (ConfigException e) {
      throw SettingsFile.unreadable(e);
    }
  }

  /** The defaults of the chosen kinds, which substitutions may name as any other key. */
  private static Config kindDefaults(Config config) {
    try {
      Config known = config.resolve(Environment.OPTIONS.setAllowUnresolved(true));
      return KindDefaults.of(known, Part.all());
    } catch (ConfigException.NotResolved e) {
      // A substitution is at fault, of which resolving all tells.
      return ConfigFactory.empty();
    }
  }

  /** Every key of a configuration that holds all of them, each checked by itself. */
  static JobSettings read(Keys keys) {
    List<String> pipeline = StagesReader.pipeline(keys);
    return new JobSettings(
        keys.config(),
        pipeline,
        keys.whole("seed", Range.ANY),
        RunReader.read(keys.at("run"), keys.at("evaluation")),
        DataReader.read(keys.at("data")),
        Kinds.read(Model.class, new Block(keys.at("model"))),
        TrainingReader.read(keys.at("training")),
        EvaluationReader.read(keys.at("evaluation")),
        StagesReader.analyse(keys.at("analyse")),
        StagesReader.applications(keys, pipeline),
        ReportReader.read(keys.at("report")),
        ReportReader.tracking(keys.at("tracking")),
        ComputeReader.read(keys.at("compute")));
  }

  /** The defaults. */
  static Config defaults() {
    return DEFAULTS;
  }

  /** The defaults, not resolved. */
  static Config reference() {
    return REFERENCE;
  }

  /** Found beside this class: on the class path, other libraries have a reference.conf as well. */
  private static Config parseReference() {
    URL here = SettingsReader.class.getResource("SettingsReader.class");
    try {
      return ConfigFactory.parseURL(
          new URL(here, "../../../../../reference.conf"),
          ConfigParseOptions.defaults()
              .setAllowMissing(false)
              .setOriginDescription(Where.REFERENCE));
    } catch (MalformedURLException e) {
      throw new IllegalStateException("no " + Where.REFERENCE + " beside " + here, e);
    }
  }
}
