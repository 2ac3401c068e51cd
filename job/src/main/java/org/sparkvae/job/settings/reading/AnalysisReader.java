package org.sparkvae.job.settings.reading;

import java.util.List;
import java.util.Map;
import org.sparkvae.job.analyse.Analysis;
import org.sparkvae.job.settings.AnalysisSettings;
import org.sparkvae.kinds.Kinds;

/** Reads the block {@code analyse}, which has a block of settings for each kind. */
final class AnalysisReader {
  private AnalysisReader() {}

  static AnalysisSettings read(Keys keys) {
    Map<String, Class<?>> kinds = Kinds.of(Analysis.class);
    List<Analysis> chosen =
        keys.someOf("kinds", List.copyOf(kinds.keySet())).stream()
            .map(name -> Kinds.read(kinds.get(name), new Block(keys.at(name))))
            .map(Analysis.class::cast)
            .toList();
    return new AnalysisSettings(chosen);
  }
}
