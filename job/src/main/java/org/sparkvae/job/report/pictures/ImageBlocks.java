package org.sparkvae.job.report.pictures;

import java.awt.image.BufferedImage;
import java.util.List;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.report.drawing.Canvas;
import org.sparkvae.job.report.drawing.ImageGrid;
import org.sparkvae.job.report.drawing.Images;
import org.sparkvae.job.report.drawing.Style;

/**
 * Blocks of images below each other, each under a heading: a strip a kind of image.
 *
 * @param fileName its name in the folder of pictures
 * @param shape of every image
 * @param blocks at least one
 */
public record ImageBlocks(String fileName, String title, ImageShape shape, List<Block> blocks)
    implements Picture {
  private static final int TOP = 100;
  private static final int HEADING = 44;
  private static final int LABELS = 50;
  private static final int GAP = 6;
  private static final int BETWEEN = 40;

  /**
   * A block.
   *
   * @param strips at least one
   */
  public record Block(String heading, List<Strip> strips) {
    public Block {
      strips = List.copyOf(strips);
    }
  }

  /**
   * Images beside each other.
   *
   * @param name what they are, in a word or two
   * @param images [n][values] in [0, 1], not copies; ten make a good picture
   */
  public record Strip(String name, List<float[]> images) {
    public Strip {
      images = List.copyOf(images);
    }
  }

  /** Refuses none, and what cannot be drawn; copies the list. */
  public ImageBlocks {
    blocks = List.copyOf(blocks);
    if (blocks.isEmpty() || blocks.stream().anyMatch(block -> block.strips().isEmpty())) {
      throw new IllegalArgumentException(fileName + ": there are no images to draw");
    }
    for (Block block : blocks) {
      for (Strip strip : block.strips()) {
        Images.check(shape, strip.images().toArray(float[][]::new), fileName);
      }
    }
  }

  @Override
  public BufferedImage draw() {
    int last = blocks.size() - 1;
    int bottom = grid(last).bottom(blocks.get(last).strips().size());
    Canvas canvas = new Canvas(grid(0).sheetWidth(), bottom + Style.MARGIN);
    int left = grid(0).left();
    canvas.text(title, left, 60, Style.TITLE, Style.INK);
    for (int i = 0; i < blocks.size(); i++) {
      ImageGrid grid = grid(i);
      Block block = blocks.get(i);
      int room = grid.sheetWidth() - left - Style.MARGIN;
      String heading = canvas.end(block.heading(), Style.TEXT, room);
      canvas.text(heading, left, grid.top() - 14, Style.TEXT, Style.INK);
      for (int row = 0; row < block.strips().size(); row++) {
        draw(canvas, grid, row, block.strips().get(row));
      }
    }
    return canvas.done();
  }

  /** Of wide images a strip shows the first. */
  private static void draw(Canvas canvas, ImageGrid grid, int row, Strip strip) {
    int middle = grid.y(row) + grid.imageHeight() / 2;
    canvas.upwards(
        strip.name(), grid.left() - 14, middle, grid.imageHeight(), Style.SMALL, Style.FAINT_INK);
    for (int i = 0; i < Math.min(grid.columns(), strip.images().size()); i++) {
      grid.draw(canvas, strip.images().get(i), row * grid.columns() + i);
    }
  }

  /** Where the strips of a block stand, a row each. */
  ImageGrid grid(int block) {
    int top = TOP + HEADING;
    if (block > 0) {
      ImageGrid above = grid(block - 1);
      top = above.bottom(blocks.get(block - 1).strips().size()) + BETWEEN + HEADING;
    }
    int most =
        blocks.stream()
            .flatMap(of -> of.strips().stream())
            .mapToInt(strip -> strip.images().size())
            .max()
            .orElseThrow();
    int lines = blocks.stream().mapToInt(of -> of.strips().size()).sum();
    return ImageGrid.fitting(
        shape, most, inARow -> lines, Style.WIDTH - LABELS, GAP, Style.MARGIN + LABELS, top, 0);
  }
}
