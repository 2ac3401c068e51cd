package org.sparkvae.job.settings;

import java.util.List;
import org.sparkvae.job.analyse.Analysis;

/**
 * What is to be found out about the trained model.
 *
 * @param kinds each at most once, in the order in which it is done
 */
public record AnalysisSettings(List<Analysis> kinds) {
  /** Makes the list immutable. */
  public AnalysisSettings {
    kinds = List.copyOf(kinds);
  }
}
