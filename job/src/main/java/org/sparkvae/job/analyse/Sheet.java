package org.sparkvae.job.analyse;

import java.util.List;
import java.util.Map;

/**
 * What an analysis can have drawn, as {@code pictures/KIND*.png}; from plain numbers. A suffix is
 * of the picture's name, empty for the kind's own. Images are [values] in [0, 1].
 */
public interface Sheet {
  /**
   * The two gaps between log p(x) and the bound, image by image.
   *
   * @param logLikelihood log p(x), [n], nats
   * @param approximation to the bound of the best posterior, [n], nats
   * @param amortisation from there to the bound of the encoder's posterior, [n], nats
   */
  void gaps(double[] logLikelihood, double[] approximation, double[] amortisation);

  /**
   * Images in rows and columns.
   *
   * @param images [n][values]
   */
  void grid(String suffix, String title, List<float[]> images);

  /**
   * Images at equal steps of a plane, each at its point.
   *
   * @param names of the axes
   * @param axes the values on the axis to the right and on the one upwards, rising, [2][side]
   * @param decoded row by row from the top, [side * side][values]
   */
  void plane(
      String suffix, String title, List<String> names, float[][] axes, List<float[]> decoded);

  /**
   * Rows of images that belong together.
   *
   * @param columns what the images of a row are, in a word or two each; none where that needs no
   *     word
   * @param rows [n][images][values]
   */
  void strips(String suffix, String title, List<String> columns, List<List<float[]>> rows);

  /**
   * Blocks of images below each other, each under a heading of its own.
   *
   * @param blocks at least one
   */
  void blocks(String suffix, String title, List<Block> blocks);

  /**
   * Square matrices of values from -1, blue, through 0, white, to 1, vermilion, beside each other.
   *
   * @param names of the matrices
   * @param matrices [n][n] each
   */
  void matrices(String suffix, String title, List<String> names, List<double[][]> matrices);

  /**
   * Points in a plane, coloured by label.
   *
   * @param axes what they are
   * @param points [n][2]
   * @param labels [n], -1 for none
   * @param labelNames what labels stand for, where they are not the numbers themselves
   */
  void points(
      String title,
      List<String> axes,
      float[][] points,
      int[] labels,
      Map<Integer, String> labelNames);

  /**
   * Lines in one chart.
   *
   * @param axes what they are
   */
  void curves(String suffix, String title, List<String> axes, List<Curve> curves);

  /**
   * Bars below each other, from 0 to the right.
   *
   * @param axis what the values are
   * @param decimals of the values that are written beside the bars
   */
  void bars(String title, String axis, int decimals, List<Bar> bars);

  /** A line through points, [n] each. */
  record Curve(String name, double[] x, double[] y) {}

  /** Images of one kind after another. */
  record Block(String heading, List<Strip> strips) {}

  /** Images of a kind beside each other, [n][values]. */
  record Strip(String name, List<float[]> images) {}

  /** A value of something. */
  record Bar(String name, double value) {}
}
