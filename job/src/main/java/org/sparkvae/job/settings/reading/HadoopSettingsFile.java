package org.sparkvae.job.settings.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparkvae.job.settings.SettingsException;

/** A settings file on a Hadoop file system; it includes files relative to its folder. */
final class HadoopSettingsFile implements ConfigIncluder {
  private static final List<String> ENDINGS = List.of(".conf", ".json", ".properties");
  private static final String SPARK_HADOOP = "spark.hadoop.";

  private final String folder;

  private HadoopSettingsFile(String folder) {
    this.folder = folder;
  }

  /**
   * The file's configuration, not resolved.
   *
   * @throws SettingsException where there is no such file, or it cannot be read
   */
  static Config parse(String uri) {
    return find(uri, "").orElseThrow(() -> missing(uri));
  }

  /**
   * The file's configuration, not resolved; none where there is no such file.
   *
   * @param whose how its places begin in messages, before the URI
   * @throws SettingsException where it cannot be read
   */
  static Optional<Config> find(String uri, String whose) {
    try {
      Path file = new Path(uri);
      try (Reader reader =
          new InputStreamReader(file.getFileSystem(hadoop()).open(file), StandardCharsets.UTF_8)) {
        return Optional.of(
            ConfigFactory.parseReader(
                reader,
                ConfigParseOptions.defaults()
                    .setSyntax(syntax(uri))
                    .setOriginDescription(whose + uri)
                    .setIncluder(new HadoopSettingsFile(file.getParent().toString()))));
      }
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) { // The latter for hosts and URIs.
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
      throw new SettingsException(
          uri + ": cannot be read (" + reason + "); check the URI and the rights on it");
    }
  }

  /**
   * HOCON takes a missing file for an empty one, unless it is required, and adds its endings to a
   * name that has none of them: what the first file sets wins.
   */
  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    String uri = new Path(folder, what).toString();
    List<Config> found = names(uri).flatMap(name -> find(name, "").stream()).toList();
    if (found.isEmpty() && !context.parseOptions().getAllowMissing()) {
      throw missing(uri);
    }
    return found.stream().reduce(ConfigFactory.empty(), Config::withFallback).root();
  }

  private static Stream<String> names(String uri) {
    return ENDINGS.stream().anyMatch(uri::endsWith)
        ? Stream.of(uri)
        : Stream.concat(Stream.of(uri), ENDINGS.stream().map(uri::concat));
  }

  /** HOCON's own contains JSON. */
  private static ConfigSyntax syntax(String uri) {
    return uri.endsWith(".properties") ? ConfigSyntax.PROPERTIES : ConfigSyntax.CONF;
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }

  /** Hadoop's settings, and those that spark-submit was given as {@code spark.hadoop.*}. */
  private static Configuration hadoop() {
    Configuration hadoop = new Configuration();
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith(SPARK_HADOOP)) {
        hadoop.set(name.substring(SPARK_HADOOP.length()), System.getProperty(name));
      }
    }
    return hadoop;
  }

  private static SettingsException missing(String uri) {
    return new SettingsException(uri + ": no such file; give the URI of a settings file");
  }
}
