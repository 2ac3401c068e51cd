package org.sparkvae.job.track;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known of a run when it begins.
 *
 * @param name of the run
 * @param directory that holds it, without secrets
 * @param settings by their keys, without secrets
 */
public record RunFacts(String name, String directory, Map<String, String> settings) {
  /** Copies the settings, in their order. */
  public RunFacts {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }
}
