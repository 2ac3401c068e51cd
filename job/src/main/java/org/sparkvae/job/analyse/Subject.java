package org.sparkvae.job.analyse;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sparkvae.job.apply.ModelHere;
import org.sparkvae.job.apply.SeenImage;
import org.sparkvae.vae.ImageModel;

/** A trained model and images on a cluster, which an analysis is about. */
public interface Subject {
  /** The model's parts. */
  ImageModel model();

  /** The seed of the run. */
  long seed();

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

  /**
   * The posteriors of all test images, with the columns of {@link org.sparkvae.job.apply.Encode};
   * they stay on the executors, and are computed once for all analyses.
   */
  Dataset<Row> codes();

  /** All test images, on the executors, in no order. */
  JavaRDD<SeenImage> testImages();

  /** All training images, likewise, where the analysis needs them; they have no paths. */
  JavaRDD<SeenImage> trainingImages();

  /** Has something computed by the model, in a task. */
  <T> T inTask(Function<ModelHere, T> work);

  /** Has something computed by the model as it was after an epoch, in a task. */
  <T> T inTask(int epoch, Function<ModelHere, T> work);

  /** Has something computed by the model of another run, in a task. */
  <T> T inTask(Archive.OtherModel model, Function<ModelHere, T> work);

  /** What lies beside the model. */
  Archive archive();

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
