package org.sparkvae.job.report.drawing;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;

/**
 * Points by their labels' names, at most as many groups as there are colours.
 *
 * @param groups of points [2] each, in the order of their colours
 */
public record LabelGroups(Map<String, List<float[]>> groups) {
  private static final String OTHER = "other";
  private static final int KEY = 22;
  private static final int KEY_HEIGHT = 44;

  /**
   * Those of points; where labels outnumber the colours, the rarest are one group.
   *
   * @param points [n][2]
   * @param labels [n], -1 for none
   * @param labelNames what labels stand for, where they are not the numbers themselves
   */
  public static LabelGroups of(float[][] points, int[] labels, Map<Integer, String> labelNames) {
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
            groups.merge(name(label, labelNames), ofLabel, LabelGroups::both);
          }
        });
    List<float[]> others =
        byLabel.entrySet().stream()
            .filter(entry -> !shown.contains(entry.getKey()))
            .flatMap(entry -> entry.getValue().stream())
            .toList();
    if (!others.isEmpty()) {
      groups.merge(OTHER, others, LabelGroups::both);
    }
    return new LabelGroups(groups);
  }

  /** Of labels of one name. */
  private static List<float[]> both(List<float[]> some, List<float[]> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  /**
   * Adds the groups to a chart, each in its colour.
   *
   * @param opacity of the points, up to 255
   */
  public void scatter(XYChart chart, int opacity) {
    int place = 0;
    for (Map.Entry<String, List<float[]>> group : groups.entrySet()) {
      Color colour = Style.LABELS.get(place++);
      ChartStyle.scatter(chart, group.getKey(), group.getValue(), colour, opacity);
    }
  }

  /** Whether colours stand for anything. */
  public boolean differ() {
    return groups.size() > 1;
  }

  /** Draws what the colours stand for, below each other, at a place of the first. */
  public void legend(Canvas canvas, int x, int top) {
    int place = 0;
    for (String name : groups.keySet()) {
      int y = top + place * KEY_HEIGHT;
      canvas.dot(x, y, KEY, Style.LABELS.get(place++));
      canvas.text(name, x + KEY + 14, y + KEY - 3, Style.TEXT, Style.INK);
    }
  }

  private static String name(int label, Map<Integer, String> labelNames) {
    if (label < 0) {
      return "no label";
    }
    return labelNames.getOrDefault(label, Integer.toString(label));
  }
}
