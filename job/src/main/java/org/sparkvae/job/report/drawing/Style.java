package org.sparkvae.job.report.drawing;

import java.awt.Color;
import java.awt.Font;
import java.util.List;

/** The look that all pictures share. Sizes are in pixels of the picture, two to one as shown. */
public final class Style {
  /** Of a chart, and at most of a row of images. */
  public static final int WIDTH = 1800;

  /** Room for a title over few and small images. */
  public static final int LEAST_WIDTH = 1250;

  public static final int MARGIN = 40;

  public static final Color PAPER = Color.WHITE;
  public static final Color INK = new Color(0x222222);
  public static final Color FAINT_INK = new Color(0x6B6B6B);
  public static final Color RULE = new Color(0xE4E4E4);

  /** Okabe and Ito's blue and vermilion, told apart by every kind of colour vision. */
  public static final Color FIRST = new Color(0x0072B2);

  public static final Color SECOND = new Color(0xD55E00);

  /** Okabe and Ito's bluish green. */
  public static final Color THIRD = new Color(0x009E73);

  /** Tol's "muted" scheme, safe for the colour-blind, with a dark grey for the tenth. */
  public static final List<Color> LABELS =
      List.of(
          new Color(0x332288),
          new Color(0x88CCEE),
          new Color(0xCC6677),
          new Color(0x117733),
          new Color(0xDDCC77),
          new Color(0xAA4499),
          new Color(0x44AA99),
          new Color(0x882255),
          new Color(0x999933),
          new Color(0x777777));

  public static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 30);
  public static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 24);
  public static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 21);

  private Style() {}
}
