package org.sparkvae.job.data;

import java.util.ArrayList;
import java.util.List;
import org.sparkvae.job.data.source.SourceRole;

/** What a person should know of the images that were read, a line each. */
public final class Findings {
  private final List<String> warnings = new ArrayList<>();
  private final List<String> changes = new ArrayList<>();

  Findings() {}

  void warn(String line) {
    warnings.add(line);
  }

  void add(ReadValues values, SourceRole role) {
    warnings.addAll(values.warnings(role));
    changes.addAll(values.changes(role));
  }

  /** What is probably wrong. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** What was done to images. */
  public List<String> changes() {
    return List.copyOf(changes);
  }
}
