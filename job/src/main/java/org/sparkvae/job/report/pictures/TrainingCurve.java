package org.sparkvae.job.report.pictures;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.XYStyler;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.report.drawing.AxisRange;
import org.sparkvae.job.report.drawing.Canvas;
import org.sparkvae.job.report.drawing.ChartStyle;
import org.sparkvae.job.report.drawing.Style;
import org.sparkvae.job.report.summary.Readable;

/**
 * The bound per image against the epoch, with validation where there is one, and with the weighted
 * objective where that is another number; and its parts.
 *
 * @param epochs by rising number
 */
public record TrainingCurve(List<EpochRecord> epochs) implements Picture {
  private static final String NAME = "training";
  private static final int HEIGHT = 1240;
  private static final int UPPER = 620;
  private static final int LOWER = 420;
  private static final int HEADING = 80;

  /**
   * Refuses no epochs, and epochs of which nothing of the upper pane is finite; copies the list.
   */
  public TrainingCurve {
    epochs = List.copyOf(epochs);
    if (epochs.stream()
        .noneMatch(e -> Double.isFinite(e.bound()) || Double.isFinite(e.weightedObjective()))) {
      throw new IllegalArgumentException(NAME + ": there are no epochs to draw");
    }
  }

  @Override
  public String fileName() {
    return NAME + ".png";
  }

  @Override
  public BufferedImage draw() {
    Canvas canvas = new Canvas(Style.WIDTH, HEIGHT);
    int left = Style.MARGIN;
    int top = 60;
    boolean bounded = values(EpochRecord::bound).findAny().isPresent();
    String title = bounded ? "Bound per image" : "Objective per image";
    canvas.text(title, left, top, Style.TITLE, Style.INK);
    AxisRange range = AxisRange.robust(bounds());
    long outside = range.outside(bounds());
    if (outside > 0) {
      String note = Readable.count(outside, "value") + " beyond the axis";
      canvas.rightwards(note, Style.WIDTH - Style.MARGIN, top, Style.SMALL, Style.FAINT_INK);
    }
    XYChart bound = bound(range);
    ChartStyle.paint(canvas, bound, left, top + 20);
    int below = top + 20 + UPPER + HEADING;
    int half = Style.WIDTH / 2 + Style.MARGIN / 2;
    canvas.text("Reconstruction", left, below, Style.TITLE, Style.INK);
    ChartStyle.paint(
        canvas,
        part("E log p(x|z), nats", epoch -> epoch.measure("reconstruction")),
        left,
        below + 20);
    // Of a model without log p(x), codes have a penalty in the place of a KL.
    boolean penalised = values(epoch -> epoch.measure("penalty")).findAny().isPresent();
    String cost = penalised ? "Penalty of codes" : "KL divergence";
    canvas.text(cost, half, below, Style.TITLE, Style.INK);
    XYChart costs =
        penalised
            ? part("penalty, nats", epoch -> epoch.measure("penalty"))
            : part("KL, nats", epoch -> epoch.measure("kl"));
    ChartStyle.paint(canvas, costs, half, below + 20);
    return canvas.done();
  }

  private XYChart bound(AxisRange range) {
    XYChart chart = chart(Style.WIDTH - 2 * Style.MARGIN, UPPER, "nats per image");
    series(chart, "training", EpochRecord::bound, Style.FIRST);
    boolean warmsUp = epochs.stream().anyMatch(epoch -> epoch.klWeight() != 1);
    String objective = warmsUp ? "training, with the KL weight" : "training, the objective";
    boolean weighted = series(chart, objective, TrainingCurve::weighted, Style.THIRD);
    boolean validated = series(chart, "validation", EpochRecord::validation, Style.SECOND);
    chart.getStyler().setLegendVisible(weighted || validated);
    show(chart, range);
    return chart;
  }

  private XYChart part(String axis, ToDoubleFunction<EpochRecord> value) {
    XYChart chart = chart((Style.WIDTH - 3 * Style.MARGIN) / 2, LOWER, axis);
    chart.getStyler().setLegendVisible(false);
    if (series(chart, axis, value, Style.FIRST)) {
      show(chart, AxisRange.robust(values(value)));
    }
    return chart;
  }

  private XYChart chart(int width, int height, String axis) {
    XYChart chart = ChartStyle.chart(width, height, "epoch", axis);
    XYStyler style = chart.getStyler();
    double first = epochs.get(0).epoch();
    double last = epochs.get(epochs.size() - 1).epoch();
    // With one epoch there are no neighbours to leave room for.
    double margin = last > first ? Math.max(0.25, (last - first) * 0.02) : 0.9;
    style.setXAxisMin(first - margin).setXAxisMax(last + margin);
    style.setXAxisTickMarkSpacingHint(ChartStyle.wholeTicks(width, last - first + 2 * margin));
    return chart;
  }

  private static void show(XYChart chart, AxisRange range) {
    chart.getStyler().setYAxisMin(range.low()).setYAxisMax(range.high());
  }

  private DoubleStream bounds() {
    return Stream.<ToDoubleFunction<EpochRecord>>of(
            EpochRecord::bound, EpochRecord::validation, TrainingCurve::weighted)
        .flatMapToDouble(this::values);
  }

  /** The weighted objective, NaN where it is the bound. */
  private static double weighted(EpochRecord epoch) {
    return epoch.weightedObjective() == epoch.bound() ? Double.NaN : epoch.weightedObjective();
  }

  private DoubleStream values(ToDoubleFunction<EpochRecord> value) {
    return epochs.stream().mapToDouble(value).filter(Double::isFinite);
  }

  /** Adds what is finite; false where nothing is. */
  private boolean series(
      XYChart chart, String name, ToDoubleFunction<EpochRecord> value, Color colour) {
    List<EpochRecord> known =
        epochs.stream().filter(epoch -> Double.isFinite(value.applyAsDouble(epoch))).toList();
    if (known.isEmpty()) {
      return false;
    }
    ChartStyle.line(
        chart,
        name,
        known.stream().mapToDouble(EpochRecord::epoch).toArray(),
        known.stream().mapToDouble(value).toArray(),
        colour);
    return true;
  }
}
