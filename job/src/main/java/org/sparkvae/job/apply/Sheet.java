package org.sparkvae.job.apply;

import java.util.List;
import java.util.Map;

/**
 * What a stage can have drawn, as {@code pictures/STAGE*.png}, and written as single images; from
 * plain numbers. Images are [values] in [0, 1].
 */
public interface Sheet {
  /**
   * Images in rows and columns.
   *
   * @param suffix of the picture's name; empty for the stage's own
   * @param images [n][values]
   */
  void grid(String suffix, String title, List<float[]> images);

  /**
   * Rows of images that belong together.
   *
   * @param columns what the images of a row are, in a word or two each; none where that needs no
   *     word
   * @param rows [n][images][values]
   */
  void strips(String title, List<String> columns, List<List<float[]>> rows);

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
   * A PNG file of its own, of images beside each other.
   *
   * @param name of the file, without its ending
   */
  void file(String name, List<float[]> images);
}
