package org.sparkvae.job.evaluate;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.checkpoint.RunStart;
import org.sparkvae.job.data.ImageSet;
import org.sparkvae.job.data.ReadFailure;
import org.sparkvae.vae.VaeSpec;

/**
 * An evaluation in a run directory, which goes on where a job before it was cut off: from a table
 * that is whole, or from the slices that are done. Their marks say that they are of this model,
 * these images and settings; what has another mark is not used.
 */
public final class ResumableEvaluation {
  private final SparkSession session;
  private final RunDirectory directory;
  private final RunStart start;
  private final Evaluator evaluator;
  private final Slicing slicing;

  /**
   * Says how, but not yet what, to evaluate.
   *
   * @param start how the run goes on
   * @param slicing how finely progress is stored
   */
  public ResumableEvaluation(
      SparkSession session,
      RunDirectory directory,
      RunStart start,
      Evaluator evaluator,
      Slicing slicing) {
    this.session = session;
    this.directory = directory;
    this.start = start;
    this.evaluator = evaluator;
    this.slicing = slicing;
  }

  /**
   * Evaluates a model on all images of a set, as far as that was not done before; the table of
   * scores is whole when this returns.
   *
   * @param test the images, each with an id of its own
   * @param parameters the model's flat parameter vector
   * @throws org.sparkvae.job.data.DataException where there are no images, or ids are not unique
   * @throws EvaluationException where an image's weights are all zero, NaN or infinite, naming the
   *     image, or stored scores cannot be read
   * @throws IOException where the file system fails
   */
  public EvaluationOutcome run(ImageSet test, VaeSpec spec, float[] parameters) throws IOException {
    long begun = System.nanoTime();
    ImageIds ids = evaluator.ids(test);
    String fingerprint = evaluator.fingerprint(ids, spec, parameters);
    ScoringSpeed preparation = new ScoringSpeed(0, (System.nanoTime() - begun) / 1e9);
    ScoreTable table = new ScoreTable(session, fingerprint, test.labelNames());
    Path stored = new Path(directory.path(), RunDirectory.EVALUATION);
    Evaluation evaluation;
    if (start.way() == RunStart.Way.WHERE_IT_WAS && table.isAt(stored, ids.count())) {
      evaluator.tellFound(ids.count(), ids.count());
      evaluation = join(stored, List.of(stored), ids, spec);
    } else {
      SharedModel model = evaluator.share(spec, parameters);
      int slices = evaluator.slices(slicing, ids.count(), spec);
      evaluation =
          slices == 1
              ? evaluator.score(test, model, Share.whole(ids))
              : inSlices(
                  test,
                  model,
                  new StoredSlices(
                      session, directory, fingerprint, ids, slices, test.labelNames()));
      JavaRDD<ImageScore> scores = evaluation.scores();
      start.makeRoom(directory);
      directory.writeDirectory(
          RunDirectory.EVALUATION, path -> table.write(scores, ids.count(), path));
    }
    directory.discardSlices();
    return new EvaluationOutcome(evaluation.summary(), preparation.plus(evaluation.speed()));
  }

  private Evaluation inSlices(ImageSet test, SharedModel model, StoredSlices slices)
      throws IOException {
    ImageIds ids = slices.ids();
    List<Integer> missing = slices.missing();
    long done = ids.count() - missing.stream().mapToLong(slices::images).sum();
    evaluator.tellFound(done, ids.count());
    ScoringSpeed speed = ScoringSpeed.NONE;
    for (int slice : missing) {
      Share share = new Share(slices.in(slice), done, ids.count());
      Evaluation evaluation = evaluator.score(test, model, share);
      slices.write(slice, evaluation);
      speed = speed.plus(evaluation.speed());
      done += share.ids().count();
    }
    Path stored = new Path(directory.path(), RunDirectory.SLICES);
    Evaluation all = join(stored, slices.paths(), ids, model.spec());
    return new Evaluation(all.scores(), all.summary(), speed);
  }

  /**
   * Joins stored scores.
   *
   * @param stored the file or folder to delete where they are damaged
   */
  private Evaluation join(Path stored, List<Path> tables, ImageIds ids, VaeSpec spec)
      throws IOException {
    try {
      return evaluator.join(ScoreTable.read(session, tables), ids, spec);
    } catch (Exception e) { // Spark throws its checked exceptions undeclared.
      if (!ReadFailure.is(e)) {
        throw e;
      }
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      throw new EvaluationException(
          "%s cannot be read (%s): where it is damaged, delete it and run the same command again"
              .formatted(stored, root.toString().lines().findFirst().orElse("")),
          e);
    }
  }
}
