package org.sparkvae.job.report.pictures;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.sparkvae.job.report.drawing.Canvas;
import org.sparkvae.job.report.drawing.ChartStyle;
import org.sparkvae.job.report.drawing.Style;

/**
 * Lines in one chart, their names above it.
 *
 * @param fileName its name in the folder of pictures
 * @param axes what the two axes are
 * @param lines at least one, at most five
 */
public record Curves(String fileName, String title, List<String> axes, List<Line> lines)
    implements Picture {
  private static final int HEIGHT = 1080;
  private static final int TOP = 60;
  private static final int LEGEND = 112;
  private static final int SWATCH = 22;
  private static final double HEADROOM = 1.05;
  private static final double MARGIN = 0.007;
  private static final List<Color> COLOURS =
      List.of(Style.FIRST, Style.SECOND, Style.THIRD, new Color(0xE69F00), Style.FAINT_INK);

  /**
   * A line through points.
   *
   * @param x [n], not a copy
   * @param y [n], not a copy
   */
  public record Line(String name, double[] x, double[] y) {}

  /** Refuses no lines or too many, and values that are not finite. */
  public Curves {
    axes = List.copyOf(axes);
    lines = List.copyOf(lines);
    if (lines.isEmpty() || lines.size() > COLOURS.size()) {
      throw new IllegalArgumentException(fileName + ": " + lines.size() + " lines");
    }
    for (Line line : lines) {
      if (line.x().length == 0 || line.x().length != line.y().length) {
        throw new IllegalArgumentException(fileName + ": a line without points");
      }
      if (!DoubleStream.concat(Arrays.stream(line.x()), Arrays.stream(line.y()))
          .allMatch(Double::isFinite)) {
        throw new IllegalArgumentException(fileName + ": a value is not finite");
      }
    }
  }

  @Override
  public BufferedImage draw() {
    Canvas canvas = new Canvas(Style.WIDTH, HEIGHT);
    canvas.text(title, Style.MARGIN, TOP, Style.TITLE, Style.INK);
    int x = Style.MARGIN;
    for (int i = 0; i < lines.size(); i++) {
      canvas.graphics().setColor(COLOURS.get(i));
      canvas.graphics().fillRect(x, LEGEND - SWATCH + 2, SWATCH, SWATCH);
      String name = lines.get(i).name();
      canvas.text(name, x + SWATCH + 12, LEGEND, Style.TEXT, Style.INK);
      x += SWATCH + 12 + canvas.width(name, Style.TEXT) + Style.MARGIN;
    }
    ChartStyle.paint(canvas, chart(), Style.MARGIN, LEGEND + 30);
    return canvas.done();
  }

  XYChart chart() {
    int width = Style.WIDTH - 2 * Style.MARGIN;
    XYChart chart =
        ChartStyle.chart(width, HEIGHT - LEGEND - 30 - Style.MARGIN, axes.get(0), axes.get(1));
    chart.getStyler().setLegendVisible(false);
    List<double[]> all = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      all.add(line.y());
      // XChart wants names that differ.
      ChartStyle.line(chart, i + " " + line.name(), line.x(), line.y(), COLOURS.get(i));
    }
    double most = all.stream().flatMapToDouble(Arrays::stream).max().orElseThrow();
    double least = all.stream().flatMapToDouble(Arrays::stream).min().orElseThrow();
    chart.getStyler().setYAxisMin(Math.min(0, least * HEADROOM));
    chart.getStyler().setYAxisMax(most > 0 ? most * HEADROOM : 1);
    double last =
        lines.stream().flatMapToDouble(line -> Arrays.stream(line.x())).max().orElseThrow();
    double first =
        lines.stream().flatMapToDouble(line -> Arrays.stream(line.x())).min().orElseThrow();
    // XChart puts a tick at every value where values and both ends are equally spaced.
    double margin = MARGIN * Math.max(Math.abs(last), Math.abs(first));
    double low = Math.min(0, first);
    chart.getStyler().setXAxisMin(low).setXAxisMax(last + margin);
    if (first >= 1 && areWhole()) {
      chart
          .getStyler()
          .setXAxisTickMarkSpacingHint(ChartStyle.wholeTicks(width, last + margin - low));
    }
    return chart;
  }

  /** Whether the axis to the right counts. */
  private boolean areWhole() {
    return lines.stream()
        .flatMapToDouble(line -> Arrays.stream(line.x()))
        .allMatch(x -> x == Math.rint(x));
  }
}
