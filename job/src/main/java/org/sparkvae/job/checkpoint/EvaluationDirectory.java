package org.sparkvae.job.checkpoint;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.sparkvae.job.settings.reading.ConfigText;
import org.sparkvae.job.storage.DirectoryContent;
import org.sparkvae.job.storage.FileContent;
import org.sparkvae.job.storage.NamedFiles;
import org.sparkvae.job.storage.UnwritableException;

/**
 * The directory of an evaluation: the run directory for the run's own, else one that holds nothing
 * beside. The scores are whole where {@code evaluation.parquet/_SUCCESS} is there; {@code _SUCCESS}
 * says that summary and pictures are there, too.
 */
public final class EvaluationDirectory {
  static final String SUCCESS = "_SUCCESS";

  private static final List<String> RESULTS =
      List.of(SUCCESS, RunDirectory.EVALUATION, RunDirectory.EVALUATION_CSV, RunDirectory.SUMMARY);

  private final NamedFiles named;

  EvaluationDirectory(NamedFiles named) {
    this.named = named;
  }

  /** The directory's qualified path. */
  public Path path() {
    return named.root();
  }

  /** Where the scores are, or will be. */
  public Path table() {
    return named.path(RunDirectory.EVALUATION);
  }

  /** Whether the scores are whole. */
  public boolean isEvaluated() throws IOException {
    return named.has(RunDirectory.EVALUATION + "/" + SUCCESS);
  }

  /** Whether some of the scores are stored. */
  public boolean isBegun() throws IOException {
    return isEvaluated() || named.has(RunDirectory.SLICES);
  }

  /** Whether all that is told of the evaluation is there. */
  public boolean isFinished() throws IOException {
    return named.has(SUCCESS);
  }

  /** What a text file in UTF-8 holds; nothing where there is none. */
  public Optional<String> text(String name) throws IOException {
    return named.text(name);
  }

  /**
   * Writes a file, in place of the one that is there; the name may hold one directory.
   *
   * @throws UnwritableException where the store does not take it
   */
  public void write(String name, FileContent content) {
    named.write(name, content);
  }

  /**
   * Writes a picture of training or evaluation, in place of the one that is there.
   *
   * @throws IllegalArgumentException where its name is none of such a picture's
   */
  public void writePicture(String name, FileContent content) {
    if (!EvaluationPictures.isOne(name)) {
      throw new IllegalArgumentException(name + " is no picture of training or evaluation");
    }
    named.write(StoredPictures.place(name), content);
  }

  /** Writes a text file in UTF-8, in place of the one that is there. */
  public void writeText(String name, String text) {
    named.writeText(name, text);
  }

  /**
   * Writes a directory, in place of the one that is there.
   *
   * @param content writes to the path it is given, which does not exist yet
   * @throws UnwritableException where the store does not take it, in this process or in a task
   */
  public void writeDirectory(String name, DirectoryContent content) {
    named.writeDirectory(name, content);
  }

  /** Stores the configuration, in place of the one that is there, if any. */
  public void storeConfig(String config) {
    named.writeText(ConfigText.FILE, config);
  }

  /** Says that all that is told of the evaluation is there. */
  public void markFinished() {
    named.write(SUCCESS, out -> {});
  }

  /** Deletes the parts of the scores, which are needed no more. */
  public void discardSlices() throws IOException {
    named.delete(RunDirectory.SLICES);
  }

  /**
   * Deletes what an evaluation wrote when it was done; not the slices, from which another table may
   * be about to be written.
   */
  public void discard() throws IOException {
    discardResults();
    EvaluationPictures.discard(named);
  }

  /**
   * Deletes the same, but leaves the pictures that need no scores, which training may have drawn.
   */
  public void discardScores() throws IOException {
    discardResults();
    EvaluationPictures.discardOfScores(named);
  }

  private void discardResults() throws IOException {
    for (String name : RESULTS) {
      named.delete(name);
    }
  }

  /**
   * Moves the evaluation that is here, whole, with its configuration. Killed at any point, the
   * scores are whole in one of both places, and as long as it is this one, moving them again ends
   * the same.
   *
   * @param target of the same evaluation, where it holds any
   */
  public void moveTo(EvaluationDirectory target) throws IOException {
    named.delete(SUCCESS);
    Optional<String> config = text(ConfigText.FILE);
    config.ifPresent(target::storeConfig);
    moveFile(RunDirectory.SUMMARY, target);
    moveFile(RunDirectory.EVALUATION_CSV, target);
    for (String picture : EvaluationPictures.in(named)) {
      moveFile(picture, target);
    }
    if (target.named.has(RunDirectory.SUMMARY)) {
      target.markFinished();
    }
    // Last: what is here is moved for as long as its scores are.
    if (!target.isEvaluated()) {
      named.files().moveDirectory(table(), target.table());
    }
    discard();
  }

  private void moveFile(String name, EvaluationDirectory target) throws IOException {
    if (named.has(name)) {
      named.files().moveFile(named.path(name), target.named.path(name));
    }
  }

  /** Clears up what a killed job left. */
  void recover() throws IOException {
    named.files().recover(path());
    named.files().recover(named.path(RunDirectory.PICTURES));
    named.files().recover(named.path(RunDirectory.SLICES));
  }
}
