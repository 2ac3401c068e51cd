package org.sparkvae.job.settings.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;

/** Finds the environment variables that a configuration names, so that errors can name them too. */
final class Environment implements ConfigResolver {
  /** How {@link Config#resolve} is to look for what the configuration itself does not hold. */
  static final ConfigResolveOptions OPTIONS =
      ConfigResolveOptions.noSystem().appendResolver(new Environment());

  @Override
  public ConfigValue lookup(String name) {
    String value = System.getenv(name);
    return value == null
        ? null
        : ConfigValueFactory.fromAnyRef(value, "environment variable " + name);
  }

  @Override
  public ConfigResolver withFallback(ConfigResolver fallback) {
    return this;
  }
}
