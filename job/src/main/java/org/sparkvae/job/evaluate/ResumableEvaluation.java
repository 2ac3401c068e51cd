package org.sparkvae.job.evaluate;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.sparkvae.job.checkpoint.EvaluationDirectory;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.data.faults.ReadFailure;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.evaluate.scoring.EvaluationException;
import org.sparkvae.job.evaluate.scoring.ImageIds;
import org.sparkvae.job.evaluate.scoring.ImageScore;
import org.sparkvae.job.evaluate.scoring.SetWithIds;
import org.sparkvae.job.evaluate.scoring.SharedModel;
import org.sparkvae.job.evaluate.table.ScoreTable;
import org.sparkvae.job.evaluate.table.StoredSlices;
import org.sparkvae.job.table.MarkedColumns;
import org.sparkvae.vae.ImageModel;

/**
 * An evaluation that is stored, and goes on where a job before it was cut off: from a table that is
 * whole, or from the slices that are done. Their marks say that they are of this model, these
 * images and settings; what has another mark is not used.
 */
public final class ResumableEvaluation {
  private final SparkSession session;
  private final Evaluator evaluator;
  private final ImageSet test;
  private final ImageModel spec;
  private final float[] parameters;
  private final ImageIds ids;
  private final ScoreTable table;
  private final ScoringSpeed preparation;

  private ResumableEvaluation(
      SparkSession session,
      Evaluator evaluator,
      ImageSet test,
      ImageModel spec,
      float[] parameters,
      ImageIds ids,
      ScoreTable table,
      ScoringSpeed preparation) {
    this.session = session;
    this.evaluator = evaluator;
    this.test = test;
    this.spec = spec;
    this.parameters = parameters;
    this.ids = ids;
    this.table = table;
    this.preparation = preparation;
  }

  /** Where scores are about to be stored. */
  @FunctionalInterface
  public interface Room {
    /** Takes what is in the place of the table of scores out of the way. */
    void make() throws IOException;

    /** Says whose evaluation it is, before the first of its slices is stored. */
    default void claim() throws IOException {}
  }

  /**
   * The evaluation of a model on all images of a set; reads the images' ids, where that was not
   * done.
   *
   * @param test the images, each with an id of its own
   * @param parameters the model's flat parameter vector
   * @throws org.sparkvae.job.data.faults.DataException where there are no images, or ids are not
   *     unique
   */
  public static ResumableEvaluation of(
      SparkSession session,
      Evaluator evaluator,
      SetWithIds test,
      ImageModel spec,
      float[] parameters) {
    long begun = System.nanoTime();
    ImageIds ids = evaluator.ids(test);
    ScoreTable table =
        new ScoreTable(
            session,
            evaluator.fingerprint(ids, spec, parameters),
            test.set().labelNames(),
            spec.model().layers(),
            Map.of(
                MarkedColumns.MODEL,
                Fingerprint.ofModel(spec, parameters),
                MarkedColumns.ESTIMATE,
                evaluator.estimate()));
    ScoringSpeed preparation = new ScoringSpeed(0, (System.nanoTime() - begun) / 1e9);
    return new ResumableEvaluation(
        session, evaluator, test.set(), spec, parameters, ids, table, preparation);
  }

  /** The SHA-256, in hexadecimal, of all that decides what the scores are. */
  public String fingerprint() {
    return table.mark();
  }

  /** Whether its scores are in a directory, whole. */
  public boolean isAt(EvaluationDirectory directory) {
    return table.isAt(directory.table(), ids.count());
  }

  /**
   * Evaluates, as far as that was not done before; the table of scores is whole when this returns.
   *
   * @param directory where the scores are stored
   * @param slicing how finely progress is stored
   * @param room is claimed before the first slice is stored, and made once all scores are known
   * @throws EvaluationException where an image's weights are all zero, NaN or infinite, naming the
   *     image, or stored scores cannot be read
   * @throws IOException where the file system fails
   */
  public EvaluationOutcome run(EvaluationDirectory directory, Slicing slicing, Room room)
      throws IOException {
    Evaluation evaluation;
    if (isAt(directory)) {
      evaluator.tellFound(ids.count(), ids.count());
      evaluation = join(directory.table(), List.of(directory.table()));
    } else {
      SharedModel model = evaluator.share(spec, parameters);
      int slices = evaluator.slices(slicing, ids.count(), spec);
      evaluation =
          slices == 1
              ? evaluator.score(test, model, Portion.whole(ids))
              : inSlices(
                  model,
                  new StoredSlices(
                      session,
                      directory,
                      fingerprint(),
                      ids,
                      slices,
                      test.labelNames(),
                      spec.model().layers()),
                  room);
      JavaRDD<ImageScore> scores = evaluation.scores();
      room.make();
      directory.writeDirectory(
          RunDirectory.EVALUATION, path -> table.write(scores, ids.count(), path));
    }
    directory.discardSlices();
    return new EvaluationOutcome(
        evaluation.summary(),
        preparation.plus(evaluation.speed()),
        evaluator.bounds(spec, parameters));
  }

  private Evaluation inSlices(SharedModel model, StoredSlices slices, Room room)
      throws IOException {
    List<Integer> missing = slices.missing();
    long done = ids.count() - missing.stream().mapToLong(slices::images).sum();
    evaluator.tellFound(done, ids.count());
    ScoringSpeed speed = ScoringSpeed.NONE;
    for (int slice : missing) {
      Portion portion = new Portion(slices.in(slice), done, ids.count());
      Evaluation evaluation = evaluator.score(test, model, portion);
      if (done == 0) {
        // Not sooner: an evaluation that fails before leaves nothing that others must make way for.
        room.claim();
      }
      slices.write(slice, evaluation.scores());
      speed = speed.plus(evaluation.speed());
      done += portion.ids().count();
    }
    Path stored = new Path(slices.directory().path(), RunDirectory.SLICES);
    Evaluation all = join(stored, slices.paths());
    return new Evaluation(all.scores(), all.summary(), speed);
  }

  /**
   * Joins stored scores.
   *
   * @param stored the file or folder to delete where they are damaged
   */
  private Evaluation join(Path stored, List<Path> tables) throws IOException {
    try {
      return evaluator.join(ScoreTable.read(session, tables, spec.model().layers()), ids, spec);
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
