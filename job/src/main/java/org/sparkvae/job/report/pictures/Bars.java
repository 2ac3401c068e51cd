package org.sparkvae.job.report.pictures;

import java.awt.image.BufferedImage;
import java.util.List;
import org.sparkvae.job.report.drawing.Canvas;
import org.sparkvae.job.report.drawing.ChartStyle;
import org.sparkvae.job.report.drawing.Style;

/**
 * Bars below each other, from 0 to the right, each with its name before it and its value behind it.
 *
 * @param fileName its name in the folder of pictures
 * @param axis what the values are
 * @param decimals of the values as they are written
 * @param bars at least one
 */
public record Bars(String fileName, String title, String axis, int decimals, List<Bar> bars)
    implements Picture {
  private static final int TOP = 60;
  private static final int AXIS = 106;
  private static final int FIRST = 140;
  private static final int ROW = 64;
  private static final int BAR = 40;
  private static final int GAP = 16;

  /** Room for the value behind the longest bar. */
  private static final int VALUE = 140;

  private static final int MOST_OF_NAMES = Style.WIDTH / 2;

  /** A value of something, at least 0. */
  public record Bar(String name, double value) {}

  /** Refuses no bars, and values that are no lengths. */
  public Bars {
    bars = List.copyOf(bars);
    if (bars.isEmpty() || !bars.stream().allMatch(bar -> bar.value() >= 0 && bar.value() < 1e12)) {
      throw new IllegalArgumentException(fileName + ": there are no bars, or one has no length");
    }
  }

  @Override
  public BufferedImage draw() {
    Canvas canvas = new Canvas(Style.WIDTH, FIRST + bars.size() * ROW + Style.MARGIN);
    canvas.text(title, Style.MARGIN, TOP, Style.TITLE, Style.INK);
    canvas.text(axis, Style.MARGIN, AXIS, Style.TEXT, Style.FAINT_INK);
    List<String> names =
        bars.stream().map(bar -> canvas.end(bar.name(), Style.TEXT, MOST_OF_NAMES)).toList();
    int widest = names.stream().mapToInt(name -> canvas.width(name, Style.TEXT)).max().orElse(0);
    int left = Style.MARGIN + widest + GAP;
    int room = Style.WIDTH - Style.MARGIN - VALUE - left;
    double most =
        Math.max(Double.MIN_NORMAL, bars.stream().mapToDouble(Bar::value).max().orElse(1));
    for (int i = 0; i < bars.size(); i++) {
      int y = FIRST + i * ROW;
      int text = y + BAR - 11;
      int length = (int) Math.round(room * bars.get(i).value() / most);
      canvas.rightwards(names.get(i), left - GAP, text, Style.TEXT, Style.INK);
      canvas.graphics().setColor(Style.FIRST);
      canvas.graphics().fillRect(left, y, length, BAR);
      String value = ChartStyle.number(bars.get(i).value(), decimals);
      canvas.text(value, left + length + GAP, text, Style.TEXT, Style.INK);
    }
    return canvas.done();
  }
}
