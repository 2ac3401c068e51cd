package org.sparkvae.job;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.sparkvae.job.checkpoint.EvaluationDirectory;
import org.sparkvae.job.checkpoint.EvaluationElsewhere;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.checkpoint.RunStart;
import org.sparkvae.job.data.LeftOut;
import org.sparkvae.job.evaluate.ResumableEvaluation;
import org.sparkvae.job.evaluate.table.KeptEvaluation;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.settings.reading.ConfigText;

/** Where an evaluation goes, and what there is to be done around it. */
sealed interface EvaluationPlace extends ResumableEvaluation.Room {
  /** Where scores, summary and pictures go. */
  EvaluationDirectory directory();

  /** Whether there is nothing left to do for an evaluation. */
  boolean isDone(ResumableEvaluation evaluation) throws IOException;

  /** Says whose evaluation it is, before anything is scored. */
  void begin(LeftOut leftOut) throws IOException;

  /** Says that all is done. */
  void markFinished() throws IOException;

  /** The run's own evaluation, in its directory. */
  record Own(RunStart start, RunDirectory run, Configuration hadoop, Messages messages)
      implements EvaluationPlace {
    @Override
    public EvaluationDirectory directory() {
      return run.evaluation();
    }

    @Override
    public boolean isDone(ResumableEvaluation evaluation) {
      // A run that is done is not begun again.
      return false;
    }

    @Override
    public void begin(LeftOut leftOut) {
      // The run was begun.
    }

    @Override
    public void claim() {
      // Slices belong to the settings that are stored: with others the run does not go on.
      if (start.way() == RunStart.Way.WITH_ITS_EVALUATION) {
        start.storeSettings(run);
      }
    }

    @Override
    public void make() throws IOException {
      keepEarlier();
      claim();
    }

    /** Keeps the evaluation that is there beside the run's own, and says so. */
    void keepEarlier() throws IOException {
      KeptEvaluation.of(run, hadoop)
          .ifPresent(
              kept ->
                  messages
                      .console()
                      .line("The evaluation that was there before is kept in " + kept));
    }

    @Override
    public void markFinished() throws IOException {
      run.markFinished();
    }
  }

  /** Another evaluation of a run's model, in a directory of its own. */
  record Other(RunStart start, EvaluationDirectory directory, Messages messages)
      implements EvaluationPlace {

    /**
     * In the directory that the settings name, or else in the run's for this evaluation.
     *
     * @throws SettingsException where the directory that is named holds another evaluation
     */
    static Other of(
        RunStart start,
        RunDirectory run,
        Optional<EvaluationElsewhere> elsewhere,
        ResumableEvaluation evaluation,
        Messages messages)
        throws IOException {
      if (elsewhere.isEmpty()) {
        return new Other(start, run.evaluation(evaluation.fingerprint()), messages);
      }
      EvaluationDirectory directory = elsewhere.get().directory();
      if (directory.isEvaluated() && !evaluation.isAt(directory)) {
        throw EvaluationElsewhere.otherEvaluation(
            directory.path(), "of another model, other images, or another version of spark-vae");
      }
      return new Other(start, directory, messages);
    }

    @Override
    public boolean isDone(ResumableEvaluation evaluation) throws IOException {
      return directory.isFinished() && evaluation.isAt(directory);
    }

    @Override
    public void begin(LeftOut leftOut) throws IOException {
      directory.storeConfig(ConfigText.of(start.settings().config()));
      BadImageList.tell(leftOut, directory, messages);
    }

    @Override
    public void make() throws IOException {
      directory.discard();
    }

    @Override
    public void markFinished() {
      directory.markFinished();
    }
  }
}
