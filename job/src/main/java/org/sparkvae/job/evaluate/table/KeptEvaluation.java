package org.sparkvae.job.evaluate.table;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparkvae.job.checkpoint.EvaluationDirectory;
import org.sparkvae.job.checkpoint.RunDirectory;

/** Takes a run's own evaluation out of the way of another that is to be the run's own. */
public final class KeptEvaluation {
  private KeptEvaluation() {}

  /**
   * Moves the evaluation to where others of the run are, where its scores are whole; deletes what
   * there is of one that is not, or whose scores cannot be read, but no picture of training alone.
   *
   * @param hadoop the file systems' settings
   * @return where it is kept
   * @throws IOException where the file system fails
   */
  public static Optional<Path> of(RunDirectory directory, Configuration hadoop) throws IOException {
    EvaluationDirectory own = directory.evaluation();
    Optional<String> mark = WrittenRows.mark(hadoop, own.table());
    if (mark.isEmpty()) {
      own.discardScores();
      return Optional.empty();
    }
    EvaluationDirectory kept = directory.evaluation(mark.get());
    own.moveTo(kept);
    return Optional.of(kept.path());
  }
}
