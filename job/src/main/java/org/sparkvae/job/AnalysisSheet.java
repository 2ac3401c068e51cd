package org.sparkvae.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sparkvae.job.analyse.Sheet;
import org.sparkvae.job.checkpoint.AnalysisDirectory;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.report.pictures.Bars;
import org.sparkvae.job.report.pictures.BoundGaps;
import org.sparkvae.job.report.pictures.Curves;
import org.sparkvae.job.report.pictures.DecodedPlane;
import org.sparkvae.job.report.pictures.ImageBlocks;
import org.sparkvae.job.report.pictures.ImageSheet;
import org.sparkvae.job.report.pictures.ImageStrips;
import org.sparkvae.job.report.pictures.LabelledPoints;
import org.sparkvae.job.report.pictures.Picture;

/**
 * Draws what a kind of analysis asks for into the run's directory.
 *
 * @param kind its name
 * @param shape of every image
 */
record AnalysisSheet(AnalysisDirectory directory, String kind, ImageShape shape) implements Sheet {
  private static final float[] MOST = {0.84f, 0.37f, 0f};
  private static final float[] LEAST = {0f, 0.45f, 0.7f};

  private void draw(String suffix, Picture picture) {
    directory.writePicture(kind, suffix, picture::writeTo);
  }

  @Override
  public void gaps(double[] logLikelihood, double[] approximation, double[] amortisation) {
    draw("", new BoundGaps(logLikelihood, approximation, amortisation));
  }

  @Override
  public void grid(String suffix, String title, List<float[]> images) {
    draw(suffix, new ImageSheet(kind, title, shape, images.toArray(float[][]::new)));
  }

  @Override
  public void plane(
      String suffix, String title, List<String> names, float[][] axes, List<float[]> decoded) {
    draw(
        suffix, new DecodedPlane(kind, title, shape, names, axes, decoded.toArray(float[][]::new)));
  }

  @Override
  public void strips(String suffix, String title, List<String> columns, List<List<float[]>> rows) {
    draw(suffix, new ImageStrips(kind, title, columns, shape, rows));
  }

  @Override
  public void blocks(String suffix, String title, List<Block> blocks) {
    List<ImageBlocks.Block> drawn =
        blocks.stream()
            .map(
                block ->
                    new ImageBlocks.Block(
                        block.heading(),
                        block.strips().stream()
                            .map(strip -> new ImageBlocks.Strip(strip.name(), strip.images()))
                            .toList()))
            .toList();
    draw(suffix, new ImageBlocks(kind, title, shape, drawn));
  }

  @Override
  public void matrices(String suffix, String title, List<String> names, List<double[][]> matrices) {
    int side = matrices.get(0).length;
    List<float[]> images = matrices.stream().map(AnalysisSheet::coloured).toList();
    ImageShape square = new ImageShape(side, side, MOST.length);
    draw(suffix, new ImageStrips(kind, title, names, square, List.of(images)));
  }

  /** A pixel a value. */
  private static float[] coloured(double[][] matrix) {
    float[] pixels = new float[matrix.length * matrix.length * MOST.length];
    int at = 0;
    for (double[] row : matrix) {
      for (double value : row) {
        float[] end = value < 0 ? LEAST : MOST;
        for (float colour : end) {
          pixels[at++] = (float) (1 - Math.abs(value) * (1 - colour));
        }
      }
    }
    return pixels;
  }

  @Override
  public void points(
      String title,
      List<String> axes,
      float[][] points,
      int[] labels,
      Map<Integer, String> labelNames) {
    draw("", new LabelledPoints(kind, title, axes, points, labels, labelNames));
  }

  @Override
  public void curves(String suffix, String title, List<String> axes, List<Curve> curves) {
    List<Curves.Line> lines = new ArrayList<>();
    curves.forEach(curve -> lines.add(new Curves.Line(curve.name(), curve.x(), curve.y())));
    draw(suffix, new Curves(kind, title, axes, lines));
  }

  @Override
  public void bars(String title, String axis, int decimals, List<Bar> bars) {
    List<Bars.Bar> drawn = bars.stream().map(bar -> new Bars.Bar(bar.name(), bar.value())).toList();
    draw("", new Bars(kind, title, axis, decimals, drawn));
  }
}
