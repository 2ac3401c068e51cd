package org.sparkvae.job.report.pictures;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.sparkvae.job.report.drawing.Bins;
import org.sparkvae.job.report.drawing.Canvas;
import org.sparkvae.job.report.drawing.ChartStyle;
import org.sparkvae.job.report.drawing.Style;
import org.sparkvae.job.report.summary.Readable;

/**
 * How log p(x) is spread over the test images, and its mean.
 *
 * @param bins that the estimates, in nats, fall into
 * @param images how many there are
 * @param mean of their estimates
 * @param unreliable of how many images the error of the estimate is not known
 */
public record LikelihoodHistogram(Bins bins, long images, double mean, long unreliable)
    implements Picture {
  private static final String NAME = "log-likelihood";
  private static final int HEIGHT = 860;
  private static final int TOP = 60;
  private static final Color FILL = new Color(0xB3D4E8);
  private static final double HEADROOM = 1.1;

  /** Refuses no values, and values that are not finite. */
  public LikelihoodHistogram {
    if (images == 0) {
      throw new IllegalArgumentException(NAME + ": there are no values to draw");
    }
    if (!Double.isFinite(mean)) {
      throw new IllegalArgumentException(NAME + ": the mean log p(x) is " + mean);
    }
  }

  @Override
  public String fileName() {
    return NAME + ".png";
  }

  @Override
  public BufferedImage draw() {
    Canvas canvas = new Canvas(Style.WIDTH, HEIGHT);
    String title = "log p(x) of " + Readable.count(images, "test image");
    canvas.text(title, Style.MARGIN, TOP, Style.TITLE, Style.INK);
    XYChart chart = chart();
    ChartStyle.paint(canvas, chart, Style.MARGIN, TOP + 20);
    String marked = "mean " + ChartStyle.number(mean, 2) + " nats";
    int half = canvas.width(marked, Style.TEXT) / 2;
    // Over the mean's line, but beside the title.
    int least = 2 * Style.MARGIN + canvas.width(title, Style.TITLE) + half;
    int most = Style.WIDTH - Style.MARGIN - half;
    int over = Style.MARGIN + (int) chart.getScreenXFromChart(mean);
    int x = Math.max(least, Math.min(most, over));
    canvas.centred(marked, x, TOP, Style.TEXT, Style.SECOND);
    return canvas.done();
  }

  private XYChart chart() {
    int height = HEIGHT - TOP - Style.MARGIN;
    String axis =
        "log p(x), nats"
            + (unreliable == 0
                ? ""
                : "; its error is not known of " + Readable.count(unreliable, "image"));
    XYChart chart = ChartStyle.chart(Style.WIDTH - 2 * Style.MARGIN, height, axis, "images");
    double highest = Arrays.stream(bins.counts()).max().orElseThrow() * HEADROOM;
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(highest);
    chart.getStyler().setXAxisMin(bins.edge(-1)).setXAxisMax(bins.edge(bins.counts().length + 1));
    chart.getStyler().setYAxisTickMarkSpacingHint(ChartStyle.wholeTicks(height, highest));
    XYSeries area = chart.addSeries("images", bins.outlineX(), bins.outlineY());
    area.setXYSeriesRenderStyle(XYSeriesRenderStyle.Area);
    area.setMarker(SeriesMarkers.NONE).setLineColor(Style.FIRST);
    area.setLineStyle(ChartStyle.stroke()).setFillColor(FILL);
    XYSeries line = chart.addSeries("mean", new double[] {mean, mean}, new double[] {0, highest});
    line.setMarker(SeriesMarkers.NONE).setLineColor(Style.SECOND);
    line.setLineStyle(ChartStyle.stroke());
    return chart;
  }
}
