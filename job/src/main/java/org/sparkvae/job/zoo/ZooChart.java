package org.sparkvae.job.zoo;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The NLL of each model, a line each, a chart for each group. Dots, and not bars, for their
 * differences are small beside the figures, so that the axis cannot start at 0.
 */
final class ZooChart {
  private static final int WIDTH = 1600;

  /** Of a chart: its line of a model, and what is above and below the lines. */
  private static final int LINE = 40;

  private static final int FRAME = 190;
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 22);
  private static final double PADDING = 0.05;
  private static final String NO_WIDTH = "\u200b";

  /** Okabe and Ito's blue and vermilion, told apart by every kind of colour vision. */
  private static final Color KNOWN = new Color(0x0072B2);

  private static final Color BOUND = new Color(0xD55E00);

  private ZooChart() {}

  /**
   * Writes the picture as PNG, where there is a group.
   *
   * @throws IOException where the file cannot be written
   */
  static void write(List<Group> groups, Path file) throws IOException {
    if (!groups.isEmpty()) {
      List<XYChart> charts = groups.stream().map(ZooChart::chart).toList();
      int height = charts.stream().mapToInt(XYChart::getHeight).sum();
      BufferedImage picture = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = picture.createGraphics();
      int top = 0;
      for (XYChart chart : charts) {
        graphics.drawImage(BitmapEncoder.getBufferedImage(chart), 0, top, null);
        top += chart.getHeight();
      }
      graphics.dispose();
      ImageIO.write(picture, "png", file.toFile());
    }
  }

  private static XYChart chart(Group group) {
    List<ModelRow> rows = group.rows();
    XYChart chart = new XYChart(WIDTH, FRAME + LINE * rows.size());
    chart.setTitle("negative log p(x) of " + group.likelihoodOf() + ", nats an image");
    XYStyler style = chart.getStyler();
    style.setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    style.setBaseFont(TEXT).setChartBackgroundColor(Color.WHITE).setChartTitleFont(TEXT);
    style.setChartTitleBoxVisible(false).setPlotBorderVisible(false);
    style.setLegendFont(TEXT).setLegendPosition(LegendPosition.OutsideS);
    style.setLegendLayout(LegendLayout.Horizontal).setLegendBorderColor(Color.WHITE);
    style.setLocale(Locale.ROOT).setMarkerSize(14);
    style.setAxisTickLabelsFont(TEXT).setXAxisDecimalPattern("#,##0.##");
    style.setYAxisMin(-1.0).setYAxisMax((double) rows.size()).setYAxisTickMarkSpacingHint(LINE);
    style.setYAxisLabelAlignment(TextAlignment.Right);
    style.setyAxisTickLabelsFormattingFunction(height -> label(rows, height));
    double low = rows.stream().mapToDouble(row -> row.nll() - error(row)).min().orElse(0);
    double high = rows.stream().mapToDouble(row -> row.nll() + error(row)).max().orElse(0);
    double padding = Math.max(1, PADDING * (high - low));
    style.setXAxisMin(low - padding).setXAxisMax(high + padding);
    IntStream.range(0, rows.size()).forEach(i -> error(chart, rows, i));
    series(
        chart,
        "+- its standard error",
        rows,
        row -> !row.isUpperBound(),
        KNOWN,
        SeriesMarkers.CIRCLE);
    series(
        chart,
        "an upper bound in expectation, as not all estimates are reliable",
        rows,
        ModelRow::isUpperBound,
        BOUND,
        new Leftwards());
    return chart;
  }

  /** The first row is at the top. */
  private static int height(List<ModelRow> rows, int row) {
    return rows.size() - 1 - row;
  }

  /** What a row is of; elsewhere nothing, but each time another one: XChart wants none twice. */
  private static String label(List<ModelRow> rows, double height) {
    int row = (int) Math.round(rows.size() - 1 - height);
    if (height != Math.rint(height) || row < 0 || row >= rows.size()) {
      return NO_WIDTH.repeat((int) Math.round(8 * (height + 4)));
    }
    return String.format(Locale.ROOT, "%s  %,.2f", rows.get(row).model(), rows.get(row).nll());
  }

  private static void error(XYChart chart, List<ModelRow> rows, int place) {
    ModelRow row = rows.get(place);
    if (row.standardError() != null) {
      int height = height(rows, place);
      double[] ends = {row.nll() - error(row), row.nll() + error(row)};
      chart
          .addSeries("error of " + row.model(), ends, new double[] {height, height})
          .setXYSeriesRenderStyle(XYSeriesRenderStyle.Line)
          .setMarker(SeriesMarkers.NONE)
          .setLineColor(KNOWN)
          .setShowInLegend(false);
    }
  }

  private static void series(
      XYChart chart,
      String name,
      List<ModelRow> rows,
      Predicate<ModelRow> which,
      Color colour,
      Marker marker) {
    int[] places = IntStream.range(0, rows.size()).filter(i -> which.test(rows.get(i))).toArray();
    if (places.length > 0) {
      double[] values = IntStream.of(places).mapToDouble(i -> rows.get(i).nll()).toArray();
      double[] heights = IntStream.of(places).mapToDouble(i -> height(rows, i)).toArray();
      chart.addSeries(name, values, heights).setMarker(marker).setMarkerColor(colour);
    }
  }

  private static double error(ModelRow row) {
    return row.standardError() == null ? 0 : row.standardError();
  }

  /** A triangle that points to the lower values. */
  private static final class Leftwards extends Marker {
    @Override
    public void paint(Graphics2D g, double x, double y, int size) {
      double half = size / 2.0;
      Path2D triangle = new Path2D.Double();
      triangle.moveTo(x - half, y);
      triangle.lineTo(x + half, y - half);
      triangle.lineTo(x + half, y + half);
      triangle.closePath();
      g.fill(triangle);
    }
  }
}
