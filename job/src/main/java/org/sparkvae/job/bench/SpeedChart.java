package org.sparkvae.job.bench;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.style.CategoryStyler;

/** The table as bars, a chart for training and one for evaluation. */
final class SpeedChart {
  private static final int WIDTH = 1800;
  private static final int HEIGHT = 560;
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 20);

  private SpeedChart() {}

  /**
   * Writes the picture as PNG.
   *
   * @throws IOException where the file cannot be written
   */
  static void write(Table table, Path file) throws IOException {
    List<CategoryChart> charts =
        Stream.of(Phase.TRAINING, Phase.EVALUATION)
            .filter(phase -> !table.rows(phase).isEmpty())
            .map(phase -> chart(phase, table.rows(phase)))
            .toList();
    if (!charts.isEmpty()) {
      BitmapEncoder.saveBitmap(charts, charts.size(), 1, file.toString(), BitmapFormat.PNG);
    }
  }

  private static CategoryChart chart(Phase phase, List<Row> rows) {
    CategoryChart chart = new CategoryChart(WIDTH, HEIGHT);
    chart.setTitle(phase.title() + ", median of " + rows.get(0).rate().values());
    CategoryStyler style = chart.getStyler();
    style.setBaseFont(TEXT).setChartBackgroundColor(Color.WHITE).setChartTitleFont(TEXT);
    style.setLegendVisible(false).setChartTitleBoxVisible(false).setPlotBorderVisible(false);
    style.setLabelsVisible(true);
    style.setLabelsFont(TEXT);
    style.setAvailableSpaceFill(0.6);
    style.setAxisTickLabelsFont(TEXT);
    style.setPlotGridVerticalLinesVisible(false);
    style.setDecimalPattern(phase == Phase.TRAINING ? "#,##0" : "#,##0.0");
    style.setYAxisMin(0.0);
    chart.addSeries(
        phase.title(),
        rows.stream().map(Row::name).toList(),
        rows.stream().map(row -> row.rate().median()).toList());
    return chart;
  }
}
