package org.sparkvae.job.report.pictures;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.report.drawing.Canvas;
import org.sparkvae.job.report.drawing.ImageGrid;
import org.sparkvae.job.report.drawing.Images;
import org.sparkvae.job.report.drawing.Style;

/**
 * What each stochastic layer holds: images that the model makes up, those of a row by the same
 * draws of the upper layers, and by draws of their own of the lower ones.
 *
 * @param shape of every image
 * @param kept by how many layers a row shares, from one on, [rows * {@link #IN_A_ROW}][values] in
 *     [0, 1], row by row, not copies; four rows make a good picture
 */
public record Layers(ImageShape shape, List<float[][]> kept) implements Picture {
  /** Images of a row. */
  public static final int IN_A_ROW = 10;

  private static final String NAME = "layers";
  private static final int GAP = 6;
  private static final int HEADING = 70;
  private static final int BETWEEN = 50;

  /** Refuses images that make up no whole rows, and copies the list. */
  public Layers {
    kept = List.copyOf(kept);
    if (kept.isEmpty()) {
      throw new IllegalArgumentException("no layer is kept");
    }
    for (float[][] images : kept) {
      Images.check(shape, images, NAME);
      if (images.length % IN_A_ROW != 0) {
        throw new IllegalArgumentException(
            images.length + " images, not rows of " + IN_A_ROW + " each");
      }
    }
  }

  @Override
  public String fileName() {
    return NAME + ".png";
  }

  @Override
  public BufferedImage draw() {
    ImageGrid last = grid(kept.size() - 1);
    Canvas canvas =
        new Canvas(last.sheetWidth(), last.bottom(rows(kept.size() - 1)) + Style.MARGIN / 2);
    for (int i = 0; i < kept.size(); i++) {
      ImageGrid grid = grid(i);
      canvas.text(title(i + 1), grid.left(), grid.top() - 24, Style.TITLE, Style.INK);
      // Of wide images a row shows the first.
      for (int row = 0; row < rows(i); row++) {
        for (int column = 0; column < grid.columns(); column++) {
          float[] image = kept.get(i)[row * IN_A_ROW + column];
          grid.draw(canvas, image, row * grid.columns() + column);
        }
      }
    }
    return canvas.done();
  }

  private String title(int layers) {
    int top = kept.size() + 1;
    int lowest = top - layers + 1;
    return "Samples: %s the same in a row, %s drawn for each image"
        .formatted(range(lowest, top), range(1, lowest - 1));
  }

  /** As "z1", "z1 and z2", "z1 to z3". */
  private static String range(int first, int last) {
    String between = last - first > 1 ? " to z" : " and z";
    return "z" + first + (first == last ? "" : between + last);
  }

  private int rows(int section) {
    return kept.get(section).length / IN_A_ROW;
  }

  /** The grid of a section. */
  ImageGrid grid(int section) {
    int top = Style.MARGIN / 2 + HEADING;
    if (section > 0) {
      top = grid(section - 1).bottom(rows(section - 1)) + BETWEEN + HEADING;
    }
    int lines = IntStream.range(0, kept.size()).map(this::rows).sum();
    return ImageGrid.fitting(
        shape, IN_A_ROW, inARow -> lines, Style.WIDTH, GAP, Style.MARGIN, top, 0);
  }
}
