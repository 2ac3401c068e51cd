package org.sparkvae.job;

import java.util.List;
import java.util.Map;
import org.sparkvae.job.apply.Sheet;
import org.sparkvae.job.checkpoint.StageDirectory;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.report.pictures.ImageRow;
import org.sparkvae.job.report.pictures.ImageSheet;
import org.sparkvae.job.report.pictures.ImageStrips;
import org.sparkvae.job.report.pictures.LabelledPoints;

/**
 * Draws what a stage asks for into its directory.
 *
 * @param name of the stage
 * @param shape of every image
 * @param draws whether pictures are wanted; files of images are written all the same
 */
record StageSheet(StageDirectory place, String name, ImageShape shape, boolean draws)
    implements Sheet {
  @Override
  public void grid(String suffix, String title, List<float[]> images) {
    if (draws) {
      float[][] all = images.toArray(float[][]::new);
      place.writePicture(suffix, new ImageSheet(name, title, shape, all)::writeTo);
    }
  }

  @Override
  public void strips(String title, List<String> columns, List<List<float[]>> rows) {
    if (draws) {
      place.writePicture("", new ImageStrips(name, title, columns, shape, rows)::writeTo);
    }
  }

  @Override
  public void points(
      String title,
      List<String> axes,
      float[][] points,
      int[] labels,
      Map<Integer, String> labelNames) {
    if (draws) {
      place.writePicture(
          "", new LabelledPoints(name, title, axes, points, labels, labelNames)::writeTo);
    }
  }

  @Override
  public void file(String file, List<float[]> images) {
    place.writeImage(file + ".png", new ImageRow(file, shape, images)::writeTo);
  }
}
