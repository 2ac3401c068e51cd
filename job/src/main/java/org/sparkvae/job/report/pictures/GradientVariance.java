package org.sparkvae.job.report.pictures;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.checkpoint.GradientMeasure;
import org.sparkvae.job.checkpoint.GradientMeasure.Kind;
import org.sparkvae.job.report.drawing.Canvas;
import org.sparkvae.job.report.drawing.ChartStyle;
import org.sparkvae.job.report.drawing.Style;

/**
 * The variance and the signal-to-noise ratio of the encoder's gradient against the epoch, a line an
 * estimator, on logarithmic axes; the decoder's, of a model without an encoder.
 *
 * @param epochs that it was measured after, by rising number
 */
public record GradientVariance(List<EpochRecord> epochs) implements Picture {
  private static final String NAME = "gradient-variance";
  private static final int PANE = 520;
  private static final int HEADING = 60;
  private static final int HEIGHT = 2 * (PANE + HEADING) + Style.MARGIN;
  private static final double LEAST_SPACE = 0.05;
  private static final List<Color> COLOURS =
      List.of(Style.FIRST, Style.SECOND, Style.THIRD, Style.FAINT_INK);

  /** Keeps the epochs that have the measures; there must be one. */
  public GradientVariance {
    epochs = epochs.stream().filter(GradientVariance::isMeasured).toList();
    if (epochs.isEmpty()) {
      throw new IllegalArgumentException(NAME + ": there are no epochs to draw");
    }
  }

  /** Whether the noise of gradients was measured after an epoch. */
  public static boolean isMeasured(EpochRecord epoch) {
    return !GradientMeasure.parts(epoch).isEmpty();
  }

  @Override
  public String fileName() {
    return NAME + ".png";
  }

  @Override
  public BufferedImage draw() {
    Canvas canvas = new Canvas(Style.WIDTH, HEIGHT);
    int top = HEADING;
    for (Kind kind : Kind.values()) {
      canvas.text(title(kind), Style.MARGIN, top, Style.TITLE, Style.INK);
      ChartStyle.paint(canvas, chart(kind), Style.MARGIN, top + 20);
      top += PANE + HEADING;
    }
    return canvas.done();
  }

  private String part() {
    return GradientMeasure.parts(epochs.get(0)).get(0);
  }

  private String title(Kind kind) {
    return switch (kind) {
      case VARIANCE ->
          "Variance of the %s\u2019s gradient over the draws of a minibatch".formatted(part());
      case SNR -> "Its signal-to-noise ratio";
    };
  }

  /** The values' logarithms on a linear axis, whose ticks are powers of ten. */
  private XYChart chart(Kind kind) {
    int height = PANE - 20;
    XYChart chart = ChartStyle.chart(Style.WIDTH - 2 * Style.MARGIN, height, "epoch", "");
    XYStyler style = chart.getStyler();
    style.setyAxisTickLabelsFormattingFunction(GradientVariance::power);
    style.setLegendPosition(LegendPosition.OutsideE);
    double first = epochs.get(0).epoch();
    double last = epochs.get(epochs.size() - 1).epoch();
    double margin = last > first ? Math.max(0.25, (last - first) * 0.02) : 0.9;
    style.setXAxisMin(first - margin).setXAxisMax(last + margin);
    style.setXAxisTickMarkSpacingHint(
        ChartStyle.wholeTicks(chart.getWidth(), last - first + 2 * margin));
    List<String> estimators = GradientMeasure.estimators(epochs.get(0), part());
    List<Double> logarithms = new ArrayList<>();
    for (int i = 0; i < estimators.size(); i++) {
      String name = new GradientMeasure(estimators.get(i), part(), kind).name();
      List<EpochRecord> known = epochs.stream().filter(epoch -> epoch.measure(name) > 0).toList();
      if (!known.isEmpty()) {
        double[] x = known.stream().mapToDouble(EpochRecord::epoch).toArray();
        double[] y = known.stream().mapToDouble(epoch -> Math.log10(epoch.measure(name))).toArray();
        Arrays.stream(y).forEach(logarithms::add);
        ChartStyle.line(chart, estimators.get(i), x, y, COLOURS.get(i % COLOURS.size()));
      }
    }
    if (!logarithms.isEmpty()) {
      double low = Math.floor(Collections.min(logarithms) - LEAST_SPACE);
      double high = Math.ceil(Collections.max(logarithms) + LEAST_SPACE);
      style.setYAxisMin(low).setYAxisMax(high);
      style.setYAxisTickMarkSpacingHint(ChartStyle.wholeTicks(height, high - low));
    }
    return chart;
  }

  private static String power(double exponent) {
    return new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(Math.pow(10, Math.rint(exponent)));
  }
}
