package org.sparkvae.job.report.drawing;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts in the shared look: little but the data, and titles that stand outside them. */
public final class ChartStyle {
  private static final Color CLEAR = new Color(0, 0, 0, 0);
  private static final float LINE = 4f;
  private static final int MARKER = 10;
  private static final int TICKS = 110;
  private static final int MOST_DOTS = 50;

  private ChartStyle() {}

  /** An empty chart of a size in pixels. */
  public static XYChart chart(int width, int height, String x, String y) {
    XYChart chart = new XYChart(width, height);
    chart.setXAxisTitle(x);
    chart.setYAxisTitle(y);
    XYStyler style = chart.getStyler();
    style.setBaseFont(Style.TEXT).setChartBackgroundColor(Style.PAPER).setChartPadding(0);
    style.setChartTitleVisible(false).setAntiAlias(true);
    style
        .setLegendFont(Style.TEXT)
        .setLegendBorderColor(CLEAR)
        .setLegendBackgroundColor(CLEAR)
        .setLegendPadding(16);
    style.setLegendPosition(LegendPosition.InsideSE).setChartFontColor(Style.INK);
    style.setLegendSeriesLineLength(40).setMarkerSize(MARKER);
    style.setPlotBackgroundColor(Style.PAPER).setPlotBorderVisible(false).setPlotContentSize(1);
    style.setAnnotationTextFont(Style.TEXT).setAnnotationTextFontColor(Style.SECOND);
    style.setAxisTitleFont(Style.TEXT).setAxisTickLabelsFont(Style.TEXT).setAxisTitlePadding(14);
    style.setAxisTickLabelsColor(Style.FAINT_INK).setAxisTicksMarksVisible(false);
    style.setAxisTicksLineVisible(false).setPlotTicksMarksVisible(false).setAxisTickPadding(10);
    style.setPlotGridVerticalLinesVisible(false).setPlotGridLinesColor(Style.RULE);
    style.setPlotGridLinesStroke(new BasicStroke(2)).setPlotMargin(0);
    style.setXAxisTickMarkSpacingHint(TICKS).setYAxisTickMarkSpacingHint(TICKS);
    style.setYAxisLabelAlignment(TextAlignment.Right).setLocale(Locale.ROOT);
    style.setyAxisTickLabelsFormattingFunction(ChartStyle::tick);
    style.setxAxisTickLabelsFormattingFunction(ChartStyle::tick);
    return chart;
  }

  /**
   * Adds points in a plane, without a line.
   *
   * @param points [2] each
   * @param opacity up to 255
   */
  public static void scatter(
      XYChart chart, String name, List<float[]> points, Color colour, int opacity) {
    XYSeries series =
        chart.addSeries(
            name,
            points.stream().mapToDouble(point -> point[0]).toArray(),
            points.stream().mapToDouble(point -> point[1]).toArray());
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    series.setMarker(SeriesMarkers.CIRCLE);
    series.setMarkerColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), opacity));
  }

  /** A line, with a dot at every value where they are few enough to be told apart. */
  public static void line(XYChart chart, String name, double[] x, double[] y, Color colour) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setLineColor(colour).setLineStyle(stroke());
    series
        .setMarker(x.length <= MOST_DOTS ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE)
        .setMarkerColor(colour);
  }

  /**
   * The space between ticks for an axis that counts, so that none falls between whole numbers.
   *
   * @param length of the axis, pixels
   * @param span of its values
   */
  public static int wholeTicks(int length, double span) {
    // XChart rounds the step that this stands for, here at least 0.8, to 1, 2, 5, 10, ...
    return Math.max(TICKS, (int) Math.ceil(0.8 * length / span));
  }

  /** A stroke as wide as lines are. */
  public static BasicStroke stroke() {
    return new BasicStroke(LINE, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }

  /** Paints a chart with its upper left corner at a point. */
  public static void paint(Canvas canvas, XYChart chart, int x, int y) {
    Graphics2D graphics = (Graphics2D) canvas.graphics().create();
    graphics.translate(x, y);
    chart.paint(graphics, chart.getWidth(), chart.getHeight());
    graphics.dispose();
  }

  /** A number with so many decimals and a true minus sign, for text in pictures. */
  public static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value).replace('-', '\u2212');
  }

  private static String tick(double value) {
    // Ticks are sums of steps: 0.30000000000000004 is 0.3, and -0.0 is 0.
    double scale = Math.abs(value) < 1 ? 1e6 : 1e2;
    double rounded = Math.rint(value * scale) / scale + 0.0;
    DecimalFormat format =
        new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT));
    return format.format(rounded).replace('-', '\u2212');
  }
}
