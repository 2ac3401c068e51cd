package org.sparkvae.job.report.pictures;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.sparkvae.job.report.drawing.Canvas;
import org.sparkvae.job.report.drawing.ChartStyle;
import org.sparkvae.job.report.drawing.Style;
import org.sparkvae.job.report.summary.Readable;

/**
 * The two gaps between log p(x) and the bound of each image, one upon the other, from the least
 * likely image to the most likely.
 *
 * @param logLikelihoods log p(x), [n], nats, not a copy
 * @param approximation what the family of posteriors lacks, [n], nats, not a copy
 * @param amortisation what the encoder lacks, [n], nats, not a copy
 */
public record BoundGaps(double[] logLikelihoods, double[] approximation, double[] amortisation)
    implements Picture {
  private static final String NAME = "tightness";
  private static final int HEIGHT = 960;
  private static final int TOP = 60;
  private static final int LEGEND = 112;
  private static final int SWATCH = 22;
  private static final Color APPROXIMATION = Style.FIRST;
  private static final Color AMORTISATION = new Color(0xE69F00);
  private static final double HEADROOM = 1.05;
  private static final double LEAST_HEIGHT = 0.01;

  /** Refuses no values, and values that are not finite. */
  public BoundGaps {
    if (logLikelihoods.length == 0) {
      throw new IllegalArgumentException(NAME + ": there are no images to draw");
    }
    for (double[] values : List.of(logLikelihoods, approximation, amortisation)) {
      if (!Arrays.stream(values).allMatch(Double::isFinite)) {
        throw new IllegalArgumentException(NAME + ": a value is not finite");
      }
    }
  }

  @Override
  public String fileName() {
    return NAME + ".png";
  }

  @Override
  public BufferedImage draw() {
    Canvas canvas = new Canvas(Style.WIDTH, HEIGHT);
    String title =
        "From the bound to log p(x), " + Readable.count(logLikelihoods.length, "test image");
    canvas.text(title, Style.MARGIN, TOP, Style.TITLE, Style.INK);
    int x =
        legend(
            canvas,
            Style.MARGIN,
            "amortisation gap, what the encoder lacks",
            amortisation,
            AMORTISATION);
    legend(
        canvas,
        x,
        "approximation gap, what the family of posteriors lacks",
        approximation,
        APPROXIMATION);
    ChartStyle.paint(canvas, chart(), Style.MARGIN, LEGEND + 30);
    return canvas.done();
  }

  private static int legend(Canvas canvas, int x, String name, double[] gaps, Color colour) {
    canvas.graphics().setColor(colour);
    canvas.graphics().fillRect(x, LEGEND - SWATCH + 2, SWATCH, SWATCH);
    double mean = Arrays.stream(gaps).average().orElseThrow();
    String text = name + ": mean " + ChartStyle.number(mean, 2);
    canvas.text(text, x + SWATCH + 12, LEGEND, Style.TEXT, Style.INK);
    return x + SWATCH + 12 + canvas.width(text, Style.TEXT) + Style.MARGIN;
  }

  private XYChart chart() {
    int[] order =
        IntStream.range(0, logLikelihoods.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> logLikelihoods[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    // A difference of estimates can be a little below 0.
    double[] upper = Arrays.stream(order).mapToDouble(i -> Math.max(0, approximation[i])).toArray();
    double[] both =
        IntStream.range(0, order.length)
            .mapToDouble(i -> upper[i] + Math.max(0, amortisation[order[i]]))
            .toArray();
    int height = HEIGHT - LEGEND - 30 - Style.MARGIN;
    int width = Style.WIDTH - 2 * Style.MARGIN;
    XYChart chart =
        ChartStyle.chart(width, height, "images, from the least likely to the most likely", "nats");
    double highest = Math.max(LEAST_HEIGHT, Arrays.stream(both).max().orElseThrow() * HEADROOM);
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(highest);
    chart.getStyler().setXAxisMin(0.0).setXAxisMax((double) order.length);
    chart.getStyler().setXAxisTickMarkSpacingHint(ChartStyle.wholeTicks(width, order.length));
    area(chart, "both", both, AMORTISATION);
    area(chart, "approximation", upper, APPROXIMATION);
    return chart;
  }

  /** A step an image. */
  private static void area(XYChart chart, String name, double[] heights, Color colour) {
    double[] x = new double[2 * heights.length];
    double[] y = new double[2 * heights.length];
    for (int i = 0; i < heights.length; i++) {
      x[2 * i] = i;
      x[2 * i + 1] = i + 1;
      y[2 * i] = heights[i];
      y[2 * i + 1] = heights[i];
    }
    XYSeries series = chart.addSeries(name, x, y);
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Area);
    series.setMarker(SeriesMarkers.NONE).setLineColor(colour).setFillColor(colour);
    series.setLineWidth(0);
  }
}
