package org.sparkvae.job.analyse;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
import org.sparkvae.job.apply.ModelHere;
import org.sparkvae.job.apply.SeenImage;

/** A trained model and test images on a cluster, which an analysis is about. */
public interface Subject {
  /**
   * Has work done on the first test images, on the executors; goes on where a job before it was cut
   * off.
   *
   * @param images how many; all where there are fewer
   * @param together images that are worked on together; they are the same ones however the work is
   *     spread over tasks
   * @param work whose first column is the image's id
   * @return a row an image
   */
  List<Row> ofImages(int images, int together, Work work);

  /** What is done on an executor. */
  @FunctionalInterface
  interface Work extends Serializable {
    /**
     * Works on some images.
     *
     * @param images at least one, at most as many as are worked on together
     * @return a row for each
     */
    List<Row> rows(ModelHere model, List<SeenImage> images);
  }
}
