package org.sparkvae.job.report.pictures;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.sparkvae.job.report.drawing.Canvas;
import org.sparkvae.job.report.drawing.ChartStyle;
import org.sparkvae.job.report.drawing.LabelGroups;
import org.sparkvae.job.report.drawing.Style;

/**
 * Points in a plane, coloured by label.
 *
 * @param fileName its name in the folder of pictures
 * @param axes what the two axes are
 * @param points [n][2], not a copy; some thousands make a good picture
 * @param labels [n], -1 for none, not a copy
 * @param labelNames what labels stand for, where they are not the numbers themselves
 */
public record LabelledPoints(
    String fileName,
    String title,
    List<String> axes,
    float[][] points,
    int[] labels,
    Map<Integer, String> labelNames)
    implements Picture {
  private static final int TOP = 60;
  private static final int SIDE = 1440;
  private static final int LEGEND = 240;
  private static final int TICKS = 150;
  private static final int OPACITY = 170;
  private static final int MARKER = 9;
  private static final double PADDING = 1.03;

  /** Refuses no points, points not in a plane, and labels of another number. */
  public LabelledPoints {
    check(points, labels, fileName);
    axes = List.copyOf(axes);
    labelNames = Map.copyOf(labelNames);
  }

  static void check(float[][] points, int[] labels, String picture) {
    if (points.length == 0) {
      throw new IllegalArgumentException(picture + ": there are no points to draw");
    }
    if (labels.length != points.length) {
      throw new IllegalArgumentException(
          points.length + " points, but " + labels.length + " labels");
    }
    for (float[] point : points) {
      if (point.length != 2) {
        throw new IllegalArgumentException(
            picture + ": a point has " + point.length + " dimensions, not 2");
      }
    }
  }

  @Override
  public BufferedImage draw() {
    LabelGroups groups = LabelGroups.of(points, labels, labelNames);
    int beside = groups.differ() ? LEGEND : 0;
    Canvas canvas = new Canvas(SIDE + 2 * Style.MARGIN + beside, SIDE + TOP + 60);
    canvas.text(title, Style.MARGIN, TOP, Style.TITLE, Style.INK);
    // Axis titles and ticks take a little more room on the left than below.
    XYChart chart = ChartStyle.chart(SIDE, SIDE - 12, axes.get(0), axes.get(1));
    groups.scatter(chart, OPACITY);
    if (groups.differ()) {
      groups.legend(canvas, SIDE + 2 * Style.MARGIN, TOP + 60);
    }
    frame(chart);
    ChartStyle.paint(canvas, chart, Style.MARGIN, TOP + 30);
    return canvas.done();
  }

  /** The same square range on both axes, around the origin. */
  private void frame(XYChart chart) {
    double reach = 0;
    for (float[] point : points) {
      reach = Math.max(reach, Math.max(Math.abs(point[0]), Math.abs(point[1])));
    }
    reach = Math.max(1, reach * PADDING);
    chart.getStyler().setXAxisMin(-reach).setXAxisMax(reach);
    chart.getStyler().setYAxisMin(-reach).setYAxisMax(reach);
    chart.getStyler().setXAxisTickMarkSpacingHint(TICKS).setYAxisTickMarkSpacingHint(TICKS);
    chart.getStyler().setPlotGridVerticalLinesVisible(true);
    chart.getStyler().setMarkerSize(MARKER).setLegendVisible(false);
  }
}
