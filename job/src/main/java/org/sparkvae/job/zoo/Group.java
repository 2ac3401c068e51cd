package org.sparkvae.job.zoo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Models whose log p(x) is of the same, and can be compared.
 *
 * @param likelihoodOf what it is of, in words
 * @param rows the lowest NLL first
 */
record Group(String likelihoodOf, List<ModelRow> rows) {
  private static final String LEVELS = " levels";

  /** The groups of those rows that were scored, in the order in which they first come. */
  static List<Group> of(List<ModelRow> rows) {
    Map<String, List<ModelRow>> groups = new LinkedHashMap<>();
    rows.stream()
        .filter(ModelRow::isScored)
        .forEach(
            row -> groups.computeIfAbsent(row.likelihoodOf(), of -> new ArrayList<>()).add(row));
    List<Group> sorted = new ArrayList<>();
    groups.forEach(
        (of, members) -> {
          members.sort(Comparator.comparingDouble(ModelRow::nll));
          sorted.add(new Group(of, List.copyOf(members)));
        });
    return sorted;
  }

  /** Whether bits per dimension are what papers tell of them. */
  boolean isOfLevels() {
    return likelihoodOf.endsWith(LEVELS);
  }
}
