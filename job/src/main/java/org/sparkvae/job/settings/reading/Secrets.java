package org.sparkvae.job.settings.reading;

import com.typesafe.config.ConfigUtil;
import java.util.Locale;
import java.util.regex.Pattern;

/** Knows secrets among settings, and hides them. */
public final class Secrets {
  static final String REDACTED = "(redacted)";

  private static final Pattern KEY = Pattern.compile("password|secret|token|credential");
  private static final Pattern IN_URI = Pattern.compile("://[^/@:\\s]*:[^/@\\s]*@");

  private Secrets() {}

  /** The text with user and password in every URI replaced by {@code (redacted)}. */
  public static String hideIn(String text) {
    return IN_URI.matcher(text).replaceAll("://" + REDACTED + "@");
  }

  /** Whether a part of a key holds password, secret, token or credential, in any case. */
  static boolean isKeyOfOne(String path) {
    return ConfigUtil.splitPath(path).stream()
        .anyMatch(part -> KEY.matcher(part.toLowerCase(Locale.ROOT)).find());
  }
}
