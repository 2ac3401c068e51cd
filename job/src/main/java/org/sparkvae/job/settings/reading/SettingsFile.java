package org.sparkvae.job.settings.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.sparkvae.job.settings.SettingsException;

/** Parses the user's settings file and what it includes. */
final class SettingsFile {
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");

  private SettingsFile() {}

  /**
   * The file's configuration, not resolved.
   *
   * @param name a local path, or any Hadoop URI
   * @throws SettingsException where there is no such file, it cannot be read, or it is not HOCON
   */
  static Config parse(String name) {
    try {
      return URI.matcher(name).matches() ? HadoopSettingsFile.parse(name) : parse(Path.of(name));
    } catch (ConfigException e) {
      throw unreadable(e);
    }
  }

  private static Config parse(Path file) {
    if (!Files.exists(file)) {
      throw new SettingsException(
          file.toAbsolutePath().normalize()
              + ": no such file; give the path of a settings file, such as conf/mnist.conf");
    }
    if (Files.isDirectory(file)) {
      throw new SettingsException(
          file + ": is a directory; give the path of a settings file in it");
    }
    // Without a folder in its name, HOCON would look for what it includes in the class path.
    Path named = file.getParent() == null ? Path.of(".").resolve(file) : file;
    return ConfigFactory.parseFile(
        named.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
  }

  /** What Typesafe Config says, on one line that begins with file and line. */
  static SettingsException unreadable(ConfigException e) {
    String text = e.getMessage().replaceAll("\\s*\\R\\s*", " ");
    if (e.origin() == null) {
      return new SettingsException(text);
    }
    String place = e.origin().description() + ": ";
    return new SettingsException(
        Where.of(e.origin())
            + ": "
            + (text.startsWith(place) ? text.substring(place.length()) : text));
  }
}
