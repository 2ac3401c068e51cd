package org.sparkvae.job.checkpoint;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.hadoop.fs.Path;
import org.sparkvae.job.storage.NamedFiles;

/**
 * The pictures of a run that are of its training and evaluation; others are of what is done with
 * it.
 */
final class EvaluationPictures {
  private static final Set<String> OF_TRAINING =
      Set.of(
          "training.png",
          "gradient-variance.png",
          "reconstructions.png",
          "samples.png",
          "most-probable.png",
          "layers.png",
          "manifold.png",
          "codes.png");

  private static final Set<String> OF_SCORES =
      Set.of("log-likelihood.png", "outliers.png", "latent-means.png");

  private EvaluationPictures() {}

  /** Whether a file in the folder of pictures is one. */
  static boolean isOne(String name) {
    return OF_TRAINING.contains(name) || OF_SCORES.contains(name);
  }

  /** Those that are there, by their names in a directory. */
  static List<String> in(NamedFiles named) throws IOException {
    return new StoredPictures(named).files(EvaluationPictures::isOne);
  }

  /** Deletes them, and their folder where it holds no others. */
  static void discard(NamedFiles named) throws IOException {
    discard(named, EvaluationPictures::isOne);
  }

  /** Deletes those that scores are needed for, and their folder where it holds no others. */
  static void discardOfScores(NamedFiles named) throws IOException {
    discard(named, OF_SCORES::contains);
  }

  private static void discard(NamedFiles named, Predicate<String> isUnwanted) throws IOException {
    for (String picture : new StoredPictures(named).files(isUnwanted)) {
      named.delete(picture);
    }
    Path folder = named.path(RunDirectory.PICTURES);
    if (named.has(RunDirectory.PICTURES)
        && named.files().fileSystem().listStatus(folder).length == 0) {
      named.delete(RunDirectory.PICTURES);
    }
  }
}
