package org.sparkvae.job.report.pictures;

import java.awt.image.BufferedImage;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.sparkvae.job.report.summary.Readable;

/**
 * The test images' posterior means in a two-dimensional latent space, coloured by label.
 *
 * @param means [n][2], not a copy; some thousands make a good picture
 * @param labels [n], -1 for none, not a copy
 * @param labelNames what labels stand for, where they are not the numbers themselves
 */
public record LatentMeans(float[][] means, int[] labels, Map<Integer, String> labelNames)
    implements Picture {
  private static final String NAME = "latent-means";
  private static final int TOP = 60;
  private static final int SIDE = 1440;
  private static final int LEGEND = 240;
  private static final int TICKS = 150;
  private static final int OPACITY = 170;
  private static final int MARKER = 9;
  private static final double PADDING = 1.03;

  /** Refuses no points, points not in a plane, and labels of another number. */
  public LatentMeans {
    if (means.length == 0) {
      throw new IllegalArgumentException(NAME + ": there are no points to draw");
    }
    if (labels.length != means.length) {
      throw new IllegalArgumentException(means.length + " means, but " + labels.length + " labels");
    }
    for (float[] mean : means) {
      if (mean.length != 2) {
        throw new IllegalArgumentException(
            NAME + ": a mean has " + mean.length + " dimensions, not 2");
      }
    }
    labelNames = Map.copyOf(labelNames);
  }

  @Override
  public String fileName() {
    return NAME + ".png";
  }

  @Override
  public BufferedImage draw() {
    LabelGroups groups = LabelGroups.of(means, labels, labelNames);
    int beside = groups.differ() ? LEGEND : 0;
    Canvas canvas = new Canvas(SIDE + 2 * Style.MARGIN + beside, SIDE + TOP + 60);
    String title = "Posterior means of " + Readable.count(means.length, "test image");
    canvas.text(title, Style.MARGIN, TOP, Style.TITLE, Style.INK);
    // Axis titles and ticks take a little more room on the left than below.
    XYChart chart = ChartStyle.chart(SIDE, SIDE - 12, "z1", "z2");
    groups.scatter(chart, OPACITY);
    if (groups.differ()) {
      groups.legend(canvas, SIDE + 2 * Style.MARGIN, TOP + 60);
    }
    frame(chart);
    ChartStyle.paint(canvas, chart, Style.MARGIN, TOP + 30);
    return canvas.done();
  }

  /** The same square range on both axes, around the prior's mean. */
  private void frame(XYChart chart) {
    double reach = 0;
    for (float[] mean : means) {
      reach = Math.max(reach, Math.max(Math.abs(mean[0]), Math.abs(mean[1])));
    }
    reach = Math.max(1, reach * PADDING);
    chart.getStyler().setXAxisMin(-reach).setXAxisMax(reach);
    chart.getStyler().setYAxisMin(-reach).setYAxisMax(reach);
    chart.getStyler().setXAxisTickMarkSpacingHint(TICKS).setYAxisTickMarkSpacingHint(TICKS);
    chart.getStyler().setPlotGridVerticalLinesVisible(true);
    chart.getStyler().setMarkerSize(MARKER).setLegendVisible(false);
  }
}
