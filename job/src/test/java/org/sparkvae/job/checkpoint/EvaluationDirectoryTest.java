package org.sparkvae.job.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparkvae.job.storage.StoredFiles.names;
import static org.sparkvae.job.storage.StoredFiles.put;
import static org.sparkvae.job.storage.StoredFiles.text;

import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.sparkvae.job.fixtures.CopyingFileSystem;
import org.sparkvae.job.storage.AtomicFiles;
import org.sparkvae.job.storage.NamedFiles;
import org.sparkvae.job.storage.Places;
import org.sparkvae.job.storage.UnwritableException;

/** An evaluation that is moved out of the way of another. */
class EvaluationDirectoryTest {
  private static final List<String> WHOLE =
      List.of("_SUCCESS", "config.conf", "evaluation.parquet", "pictures", "summary.json");

  private static EvaluationDirectory at(FileSystem fileSystem, Path root) {
    return new EvaluationDirectory(new NamedFiles(new AtomicFiles(fileSystem, () -> {}), root));
  }

  /** An evaluation of the given number of files. */
  private static void write(Path root, int parts) throws IOException {
    put(new Path(root, "config.conf"), "seed = 1");
    put(new Path(root, "summary.json"), "{}");
    put(new Path(root, "pictures/outliers.png"), "picture");
    for (int part = 0; part < parts; part++) {
      put(new Path(root, "evaluation.parquet/part-" + part), "rows " + part);
    }
    put(new Path(root, "evaluation.parquet/_SUCCESS"), "");
    put(new Path(root, "_SUCCESS"), "");
  }

  @Test
  void isMovedWhole() throws IOException {
    Path from = Places.local();
    Path to = new Path(from, "evaluations/1");
    write(from, 3);

    at(Places.fileSystem(from), from).moveTo(at(Places.fileSystem(from), to));

    assertMoved(from, to);
  }

  /** Those of stages and analyses. */
  @Test
  void otherPicturesStay() throws IOException {
    Path from = Places.local();
    Path to = new Path(from, "evaluations/1");
    write(from, 3);
    put(new Path(from, "pictures/outliers-curves.png"), "of an analysis");
    put(new Path(from, "pictures/sample.png"), "of a stage");

    at(Places.fileSystem(from), from).moveTo(at(Places.fileSystem(from), to));
    at(Places.fileSystem(from), from).discard();

    assertThat(names(new Path(to, "pictures"))).containsExactly("outliers.png");
    assertThat(names(new Path(from, "pictures")))
        .containsExactly("outliers-curves.png", "sample.png");
  }

  @Test
  void picturesThatNeedNoScoresMayStay() throws IOException {
    Path root = Places.local();
    write(root, 3);
    put(new Path(root, "pictures/training.png"), "of training");

    at(Places.fileSystem(root), root).discardScores();

    assertThat(names(root)).containsExactly("config.conf", "pictures");
    assertThat(names(new Path(root, "pictures"))).containsExactly("training.png");
  }

  @Test
  void takesNoSuccessAlongWhereItHadNone() throws IOException {
    Path from = Places.local();
    Path to = new Path(from, "evaluations/1");
    write(from, 3);
    Places.fileSystem(from).delete(new Path(from, "_SUCCESS"), false);
    Places.fileSystem(from).delete(new Path(from, "summary.json"), false);

    at(Places.fileSystem(from), from).moveTo(at(Places.fileSystem(from), to));

    assertThat(names(to)).containsExactly("config.conf", "evaluation.parquet", "pictures");
  }

  @Test
  void killedAnywhereItIsWholeInOnePlaceAndMovingItAgainEndsTheSame() throws IOException {
    assertThat(killedAnywhere(UnaryOperator.identity())).isGreaterThan(15);
  }

  @Test
  void killedAnywhereOnAnObjectStoreToo() throws IOException {
    assertThat(killedAnywhere(CopyingFileSystem::new)).isGreaterThan(20);
  }

  private static int killedAnywhere(UnaryOperator<FileSystem> store) throws IOException {
    Path place = Places.local();
    FileSystem local = Places.fileSystem(place);
    int survived = 0;
    boolean died = true;
    while (died) {
      Path from = new Path(place, "killed-at-" + survived);
      Path to = new Path(from, "evaluations/1");
      write(from, 3);
      FileSystem dying = store.apply(new DyingFileSystem(local, survived));
      try {
        at(dying, from).moveTo(at(dying, to));
        died = false;
      } catch (IOException | UnwritableException e) {
        assertThat(e).hasMessageContaining("killed");
      }

      EvaluationDirectory own = at(store.apply(local), from);
      EvaluationDirectory other = at(store.apply(local), to);
      own.recover();
      other.recover();
      boolean here = own.isEvaluated();
      assertThat(here || other.isEvaluated()).as("killed at %d", survived).isTrue();
      assertRows(here ? from : to);
      if (here) {
        own.moveTo(other);
      } else {
        own.discard();
      }
      assertMoved(from, to);
      survived++;
    }
    return survived;
  }

  private static void assertMoved(Path from, Path to) throws IOException {
    assertThat(names(from)).containsExactly("config.conf", "evaluations");
    assertThat(names(to)).containsExactlyElementsOf(WHOLE);
    assertThat(text(new Path(to, "config.conf"))).isEqualTo("seed = 1");
    assertThat(names(new Path(to, "pictures"))).containsExactly("outliers.png");
    assertRows(to);
  }

  private static void assertRows(Path evaluation) throws IOException {
    Path table = new Path(evaluation, "evaluation.parquet");
    assertThat(names(table)).containsExactly("_SUCCESS", "part-0", "part-1", "part-2");
    assertThat(text(new Path(table, "part-2"))).isEqualTo("rows 2");
  }
}
