package org.sparkvae.job.checkpoint;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * The pictures of a run that are of its training and evaluation; others are of what is done with
 * it.
 */
final class EvaluationPictures {
  private static final Set<String> NAMES =
      Set.of(
          "training.png",
          "gradient-variance.png",
          "reconstructions.png",
          "samples.png",
          "most-probable.png",
          "layers.png",
          "manifold.png",
          "codes.png",
          "log-likelihood.png",
          "outliers.png",
          "latent-means.png");

  private EvaluationPictures() {}

  /** Whether a file in the folder of pictures is one. */
  static boolean isOne(String name) {
    return NAMES.contains(name);
  }

  /** Those that are there, by their names in a directory. */
  static List<String> in(NamedFiles named) throws IOException {
    return new StoredPictures(named).files(EvaluationPictures::isOne);
  }

  /** Deletes them, and their folder where it holds no others. */
  static void discard(NamedFiles named) throws IOException {
    for (String picture : in(named)) {
      named.delete(picture);
    }
    Path folder = named.path(RunDirectory.PICTURES);
    if (named.has(RunDirectory.PICTURES)
        && named.files().fileSystem().listStatus(folder).length == 0) {
      named.delete(RunDirectory.PICTURES);
    }
  }
}
