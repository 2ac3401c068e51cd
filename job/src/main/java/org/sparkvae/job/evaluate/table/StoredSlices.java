package org.sparkvae.job.evaluate.table;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.sparkvae.job.checkpoint.EvaluationDirectory;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.evaluate.scoring.ImageIds;
import org.sparkvae.job.evaluate.scoring.ImageScore;

/**
 * The slices of a long evaluation in its directory, a table of scores each.
 *
 * @param fingerprint of the evaluation
 * @param ids of all images
 * @param count how many slices
 * @param labelNames what labels stand for
 * @param layers stochastic layers of the model
 */
public record StoredSlices(
    SparkSession session,
    EvaluationDirectory directory,
    String fingerprint,
    ImageIds ids,
    int count,
    Map<Integer, String> labelNames,
    int layers) {

  /**
   * The slices that are not there; where none is, others' are deleted.
   *
   * @throws IOException where the file system fails
   */
  public List<Integer> missing() throws IOException {
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
  public int images(int slice) {
    return ids.count(slice, count);
  }

  /** The images of a slice. */
  public ImageIds in(int slice) {
    return ids.slice(slice, count);
  }

  /** Stores the scores of a slice. */
  public void write(int slice, JavaRDD<ImageScore> scores) {
    directory.writeDirectory(name(slice), path -> table(slice).write(scores, images(slice), path));
  }

  /** Where all slices are. */
  public List<Path> paths() {
    return IntStream.range(0, count).mapToObj(this::path).toList();
  }

  private Path path(int slice) {
    return new Path(directory.path(), name(slice));
  }

  private static String name(int slice) {
    return String.format(Locale.ROOT, "%s/%04d", RunDirectory.SLICES, slice);
  }

  private ScoreTable table(int slice) {
    String mark = fingerprint + " slice " + slice + " of " + count;
    return new ScoreTable(session, mark, labelNames, layers);
  }
}
