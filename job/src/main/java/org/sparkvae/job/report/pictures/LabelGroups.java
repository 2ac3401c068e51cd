package org.sparkvae.job.report.pictures;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Points by their labels, at most as many groups as there are colours.
 *
 * @param points [n][2], not a copy
 * @param labels [n], -1 for none, not a copy
 * @param labelNames what labels stand for, where they are not the numbers themselves
 */
record LabelGroups(float[][] points, int[] labels, Map<Integer, String> labelNames) {
  private static final String OTHER = "other";

  /** The points by label's name; where labels outnumber the colours, the rarest are one group. */
  Map<String, List<float[]>> groups() {
    Map<Integer, List<float[]>> byLabel = new TreeMap<>();
    for (int i = 0; i < points.length; i++) {
      byLabel.computeIfAbsent(labels[i], label -> new ArrayList<>()).add(points[i]);
    }
    int colours = Style.LABELS.size();
    Set<Integer> shown =
        byLabel.keySet().stream()
            .sorted(Comparator.comparingInt(label -> -byLabel.get(label).size()))
            .limit(byLabel.size() <= colours ? colours : colours - 1)
            .collect(Collectors.toSet());
    Map<String, List<float[]>> groups = new LinkedHashMap<>();
    byLabel.forEach(
        (label, ofLabel) -> {
          if (shown.contains(label)) {
            groups.put(name(label), ofLabel);
          }
        });
    List<float[]> others =
        byLabel.entrySet().stream()
            .filter(entry -> !shown.contains(entry.getKey()))
            .flatMap(entry -> entry.getValue().stream())
            .toList();
    if (!others.isEmpty()) {
      groups.put(OTHER, others);
    }
    return groups;
  }

  private String name(int label) {
    if (label < 0) {
      return "no label";
    }
    return labelNames.getOrDefault(label, Integer.toString(label));
  }
}
