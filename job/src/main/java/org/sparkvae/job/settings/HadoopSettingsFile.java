package org.sparkvae.job.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A settings file on a Hadoop file system; it includes files of the same folder. */
final class HadoopSettingsFile implements ConfigIncluder {
  private final Path folder;

  private HadoopSettingsFile(Path folder) {
    this.folder = folder;
  }

  /**
   * The file's configuration, not resolved.
   *
   * @throws SettingsException where there is no such file, or it cannot be read
   */
  static Config parse(String uri) {
    return parse(new Path(uri));
  }

  private static Config parse(Path file) {
    try (Reader reader =
        new InputStreamReader(
            file.getFileSystem(new Configuration()).open(file), StandardCharsets.UTF_8)) {
      return ConfigFactory.parseReader(
          reader,
          ConfigParseOptions.defaults()
              .setOriginDescription(file.toString())
              .setIncluder(new HadoopSettingsFile(file.getParent())));
    } catch (FileNotFoundException e) {
      throw new SettingsException(file + ": no such file; give the URI of a settings file");
    } catch (IOException e) {
      throw new SettingsException(
          file
              + ": cannot be read ("
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
              + "); check the URI and the rights on it");
    }
  }

  /** HOCON takes a missing file for an empty one, unless it is required. */
  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    try {
      return parse(new Path(folder, what)).root();
    } catch (SettingsException e) {
      if (context.parseOptions().getAllowMissing() && !exists(new Path(folder, what))) {
        return ConfigFactory.empty().root();
      }
      throw e;
    }
  }

  private static boolean exists(Path file) {
    try {
      return file.getFileSystem(new Configuration()).exists(file);
    } catch (IOException e) {
      // The error at hand says why the file cannot be read.
      return true;
    }
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }
}
