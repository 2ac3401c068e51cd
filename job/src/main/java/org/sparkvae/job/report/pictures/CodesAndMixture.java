package org.sparkvae.job.report.pictures;

import java.awt.BasicStroke;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.sparkvae.job.report.drawing.Canvas;
import org.sparkvae.job.report.drawing.ChartStyle;
import org.sparkvae.job.report.drawing.LabelGroups;
import org.sparkvae.job.report.drawing.Style;
import org.sparkvae.job.report.summary.Readable;
import org.sparkvae.prior.Gaussians;

/**
 * The codes of images in a plane, coloured by label, and beside them draws of the mixture that was
 * fitted to the codes, with an ellipse of two standard deviations for each Gaussian, the thicker
 * the more it weighs.
 *
 * @param codes [n][2], not a copy; some thousands make a good picture
 * @param labels [n], -1 for none, not a copy
 * @param labelNames what labels stand for, where they are not the numbers themselves
 * @param draws of the mixture, [n][2], not a copy
 * @param mixture of two dimensions
 */
public record CodesAndMixture(
    float[][] codes,
    int[] labels,
    Map<Integer, String> labelNames,
    float[][] draws,
    Gaussians mixture)
    implements Picture {
  private static final int TOP = 60;
  private static final int SIDE = 850;
  private static final int LEGEND = 150;
  private static final int TICKS = 150;
  private static final int OPACITY = 150;
  private static final int MARKER = 6;
  private static final int STEPS = 90;
  private static final double DEVIATIONS = 2;
  private static final double PADDING = 0.04;

  /** Of so many codes on either side, none is beyond the axes. */
  private static final double OUTSIDE = 0.001;

  /** Copies the names. */
  public CodesAndMixture {
    if (codes.length == 0 || labels.length != codes.length) {
      throw new IllegalArgumentException(codes.length + " codes, but " + labels.length + " labels");
    }
    labelNames = Map.copyOf(labelNames);
  }

  @Override
  public String fileName() {
    return "codes.png";
  }

  @Override
  public BufferedImage draw() {
    LabelGroups groups = LabelGroups.of(codes, labels, labelNames);
    int beside = groups.differ() ? LEGEND : 0;
    Canvas canvas = new Canvas(2 * SIDE + 3 * Style.MARGIN + beside, SIDE + TOP + 60);
    int right = SIDE + 2 * Style.MARGIN;
    canvas.text(
        "Codes of " + Readable.count(codes.length, "image"),
        Style.MARGIN,
        TOP,
        Style.TITLE,
        Style.INK);
    String gaussians = Readable.count(mixture.weights().length, "Gaussian");
    canvas.text("Draws of " + gaussians, right, TOP, Style.TITLE, Style.INK);
    XYChart left = chart();
    groups.scatter(left, OPACITY);
    if (groups.differ()) {
      groups.legend(canvas, 2 * SIDE + 3 * Style.MARGIN, TOP + 60);
    }
    ChartStyle.paint(canvas, left, Style.MARGIN, TOP + 30);
    ChartStyle.paint(canvas, drawn(), right, TOP + 30);
    return canvas.done();
  }

  private XYChart drawn() {
    XYChart chart = chart();
    ChartStyle.scatter(chart, "draws", Arrays.asList(draws), Style.FAINT_INK, OPACITY);
    double largest = Arrays.stream(mixture.weights()).max().orElseThrow();
    for (int k = 0; k < mixture.weights().length; k++) {
      double[][] ellipse = ellipse(mixture.means()[k], mixture.covariances()[k]);
      ChartStyle.line(chart, "Gaussian " + (k + 1), ellipse[0], ellipse[1], Style.SECOND);
      float width = (float) (1.5 + 4.5 * mixture.weights()[k] / largest);
      chart.getSeriesMap().get("Gaussian " + (k + 1)).setLineStyle(new BasicStroke(width));
    }
    return chart;
  }

  /** Mean + 2 C (cos t, sin t), C C^T being the covariance. */
  private static double[][] ellipse(double[] mean, double[][] covariance) {
    double c00 = Math.sqrt(covariance[0][0]);
    double c10 = covariance[1][0] / c00;
    double c11 = Math.sqrt(Math.max(0, covariance[1][1] - c10 * c10));
    double[][] ellipse = new double[2][STEPS + 1];
    for (int step = 0; step <= STEPS; step++) {
      double x = DEVIATIONS * Math.cos(2 * Math.PI * step / STEPS);
      double y = DEVIATIONS * Math.sin(2 * Math.PI * step / STEPS);
      ellipse[0][step] = mean[0] + c00 * x;
      ellipse[1][step] = mean[1] + c10 * x + c11 * y;
    }
    return ellipse;
  }

  /** Both charts have the range of the codes, but for a few that lie far out. */
  private XYChart chart() {
    XYChart chart = ChartStyle.chart(SIDE, SIDE - 12, "z1", "z2");
    double[] first = range(0);
    double[] second = range(1);
    chart.getStyler().setXAxisMin(first[0]).setXAxisMax(first[1]);
    chart.getStyler().setYAxisMin(second[0]).setYAxisMax(second[1]);
    chart.getStyler().setXAxisTickMarkSpacingHint(TICKS).setYAxisTickMarkSpacingHint(TICKS);
    chart.getStyler().setPlotGridVerticalLinesVisible(true);
    chart.getStyler().setMarkerSize(MARKER).setLegendVisible(false);
    return chart;
  }

  private double[] range(int dimension) {
    double[] sorted =
        IntStream.range(0, codes.length).mapToDouble(i -> codes[i][dimension]).sorted().toArray();
    int beyond = (int) (OUTSIDE * sorted.length);
    double low = sorted[beyond];
    double high = sorted[sorted.length - 1 - beyond];
    double margin = Math.max(1e-3, PADDING * (high - low));
    return new double[] {low - margin, high + margin};
  }
}
