package org.sparkvae.job.bench;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;

/** The parts of a round against what is varied, a chart for each, both axes logarithmic. */
final class GrowthChart {
  private static final int WIDTH = 700;
  private static final int HEIGHT = 520;
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 16);
  private static final double LEAST = 1e-4;

  private GrowthChart() {}

  /**
   * Writes the picture as PNG.
   *
   * @throws IOException where the file cannot be written
   */
  static void write(List<GrowthRow> rows, Path file) throws IOException {
    List<XYChart> charts =
        rows.stream().map(GrowthRow::series).distinct().map(series -> chart(series, rows)).toList();
    int columns = (charts.size() + 1) / 2;
    int lines = (charts.size() + columns - 1) / columns;
    BitmapEncoder.saveBitmap(charts, lines, columns, file.toString(), BitmapFormat.PNG);
  }

  private static XYChart chart(String series, List<GrowthRow> all) {
    List<GrowthRow> rows = all.stream().filter(row -> row.series().equals(series)).toList();
    XYChart chart = new XYChart(WIDTH, HEIGHT);
    chart.setTitle("a round by " + series + ", ms");
    chart
        .getStyler()
        .setXAxisLogarithmic(true)
        .setYAxisLogarithmic(true)
        .setAxisTickLabelsFont(TEXT)
        .setPlotBorderVisible(false)
        .setBaseFont(TEXT)
        .setChartBackgroundColor(Color.WHITE)
        .setChartTitleFont(TEXT)
        .setLegendFont(TEXT)
        .setChartTitleBoxVisible(false);
    line(chart, "compute", series, rows, GrowthRow::compute);
    line(chart, "average", series, rows, GrowthRow::aggregate);
    line(chart, "an epoch beside its rounds", series, rows, GrowthRow::beside);
    return chart;
  }

  private static void line(
      XYChart chart,
      String name,
      String series,
      List<GrowthRow> rows,
      ToDoubleFunction<GrowthRow> seconds) {
    double[] x = rows.stream().mapToDouble(row -> varied(series, row)).toArray();
    double[] y =
        rows.stream().mapToDouble(r -> 1e3 * Math.max(LEAST, seconds.applyAsDouble(r))).toArray();
    chart.addSeries(name, x, y);
  }

  private static double varied(String series, GrowthRow row) {
    return switch (series) {
      case "parameters" -> row.parameters();
      case "shards" -> row.shards();
      case "every" -> row.every();
      case "images" -> row.images();
      default -> throw new IllegalArgumentException("nothing is called " + series);
    };
  }
}
