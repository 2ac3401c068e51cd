package org.sparkvae.job.evaluate;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.sparkvae.job.checkpoint.EvaluationDirectory;
import org.sparkvae.job.checkpoint.RunDirectory;

/**
 * The slices of a long evaluation in its directory, a table of scores each.
 *
 * @param fingerprint of the evaluation
 * @param ids of all images
 * @param count how many slices
 * @param labelNames what labels stand for
 */
record StoredSlices(
    SparkSession session,
    EvaluationDirectory directory,
    String fingerprint,
    ImageIds ids,
    int count,
    Map<Integer, String> labelNames) {

  /**
   * The slices that are not there; where none is, others' are deleted.
   *
   * @throws IOException where the file system fails
   */
  List<Integer> missing() throws IOException {
    List<Integer> missing =
        IntStream.range(0, count)
            .filter(slice -> !table(slice).isAt(path(slice), images(slice)))
            .boxed()
            .toList();
    if (missing.size() == count) {
      directory.discardSlices();
    }
    return missing;
  }

  /** How many images a slice has. */
  int images(int slice) {
    return ids.count(slice, count);
  }

  /** The images of a slice. */
  ImageIds in(int slice) {
    return ids.slice(slice, count);
  }

  /** Stores the scores of a slice. */
  void write(int slice, Evaluation evaluation) {
    directory.writeDirectory(
        name(slice),
        path -> table(slice).write(evaluation.scores(), evaluation.summary().images(), path));
  }

  /** Where all slices are. */
  List<Path> paths() {
    return IntStream.range(0, count).mapToObj(this::path).toList();
  }

  private Path path(int slice) {
    return new Path(directory.path(), name(slice));
  }

  private static String name(int slice) {
    return String.format(Locale.ROOT, "%s/%04d", RunDirectory.SLICES, slice);
  }

  private ScoreTable table(int slice) {
    return new ScoreTable(session, fingerprint + " slice " + slice + " of " + count, labelNames);
  }
}
