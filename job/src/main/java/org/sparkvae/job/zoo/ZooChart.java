package org.sparkvae.job.zoo;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The NLL of each model, a chart for each group. Dots, and not bars, for their differences are
 * small beside the figures, so that the axis cannot start at 0.
 */
final class ZooChart {
  private static final int WIDTH = 1800;
  private static final int HEIGHT = 700;
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 22);
  private static final double PADDING = 0.15;

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
      List<CategoryChart> charts = groups.stream().map(ZooChart::chart).toList();
      BitmapEncoder.saveBitmap(charts, charts.size(), 1, file.toString(), BitmapFormat.PNG);
    }
  }

  private static CategoryChart chart(Group group) {
    CategoryChart chart = new CategoryChart(WIDTH, HEIGHT);
    chart.setTitle("negative log p(x) of " + group.likelihoodOf() + ", nats an image");
    CategoryStyler style = chart.getStyler();
    style.setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Scatter);
    style.setBaseFont(TEXT).setChartBackgroundColor(Color.WHITE).setChartTitleFont(TEXT);
    style.setChartTitleBoxVisible(false).setPlotBorderVisible(false);
    style.setLegendFont(TEXT).setLegendPosition(LegendPosition.InsideNW);
    style.setLegendBorderColor(Color.WHITE).setMarkerSize(16);
    style.setErrorBarsColorSeriesColor(true).setXAxisLabelRotation(35);
    style.setOverlapped(true);
    style.setAxisTickLabelsFont(TEXT).setPlotGridVerticalLinesVisible(false);
    style.setLocale(Locale.ROOT);
    double low = group.rows().stream().mapToDouble(row -> row.nll() - error(row)).min().orElse(0);
    double high = group.rows().stream().mapToDouble(row -> row.nll() + error(row)).max().orElse(0);
    double padding = Math.max(1, PADDING * (high - low));
    double base = base(low - padding, high - low + 2 * padding);
    style.setYAxisMin(low - padding - base).setYAxisMax(high + padding - base);
    style.setyAxisTickLabelsFormattingFunction(tick -> label(tick + base));
    errors(chart, group, base);
    series(
        chart,
        "+- its standard error",
        group,
        base,
        row -> !row.isUpperBound(),
        KNOWN,
        SeriesMarkers.CIRCLE);
    series(
        chart,
        "an upper bound, as not all estimates are reliable",
        group,
        base,
        ModelRow::isUpperBound,
        BOUND,
        SeriesMarkers.TRIANGLE_DOWN);
    return chart;
  }

  /**
   * A round number below all values where some are negative, which XChart would place wrongly; 0
   * where none is. Ticks above it are at round numbers, too.
   */
  private static double base(double low, double span) {
    double step = Math.pow(10, Math.ceil(Math.log10(span)));
    return low < 0 ? step * Math.floor(low / step) : 0;
  }

  private static String label(double nll) {
    // Ticks are sums of steps: 0.30000000000000004 is 0.3.
    return BigDecimal.valueOf(Math.rint(nll * 100) / 100).stripTrailingZeros().toPlainString();
  }

  /** Of all models, beneath the marks: XChart draws no errors of a series that has gaps. */
  private static void errors(CategoryChart chart, Group group, double base) {
    CategorySeries series =
        chart.addSeries(
            "errors",
            group.rows().stream().map(ModelRow::model).toList(),
            group.rows().stream().map(row -> row.nll() - base).toList(),
            group.rows().stream().map(ZooChart::error).toList());
    series.setMarker(SeriesMarkers.NONE).setLineColor(KNOWN).setShowInLegend(false);
  }

  private static void series(
      CategoryChart chart,
      String name,
      Group group,
      double base,
      Predicate<ModelRow> which,
      Color colour,
      Marker marker) {
    if (group.rows().stream().anyMatch(which)) {
      List<String> models = new ArrayList<>();
      List<Double> values = new ArrayList<>();
      for (ModelRow row : group.rows()) {
        models.add(row.model());
        values.add(which.test(row) ? row.nll() - base : null);
      }
      chart.addSeries(name, models, values).setMarker(marker).setMarkerColor(colour);
    }
  }

  private static double error(ModelRow row) {
    return row.standardError() == null ? 0 : row.standardError();
  }
}
