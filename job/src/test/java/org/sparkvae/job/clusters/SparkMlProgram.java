package org.sparkvae.job.clusters;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.sparkvae.job.ml.SmallImages;
import org.sparkvae.job.ml.VaeEstimator;
import org.sparkvae.job.ml.VaeModel;

/**
 * A program of a user of Spark ML: trains, keeps the run, saves the model, and prints the rows that
 * it transforms.
 */
public final class SparkMlProgram {
  private SparkMlProgram() {}

  /** Takes the folder to save in. */
  public static void main(String[] arguments) throws Exception {
    SparkSession spark = SparkSession.builder().appName("ml").getOrCreate();
    try {
      VaeEstimator vae = SmallImages.estimator();
      VaeModel model = vae.fit(SmallImages.vectors(60));
      model.write().save(arguments[0] + "/model");
      VaeModel kept =
          vae.setCheckpointDirectory(arguments[0] + "/run").fit(SmallImages.vectors(60));
      for (VaeModel of : List.of(VaeModel.load(arguments[0] + "/model"), kept)) {
        System.out.println(
            of.transform(SmallImages.vectors(60)).orderBy("id").collectAsList().stream()
                .map(Object::toString)
                .collect(Collectors.joining("\n")));
      }
    } finally {
      spark.stop();
    }
  }
}
