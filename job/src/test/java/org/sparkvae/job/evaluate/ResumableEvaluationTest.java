package org.sparkvae.job.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.SparkException;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.evaluate.scoring.EvaluationException;
import org.sparkvae.job.fixtures.CutOffStore;
import org.sparkvae.job.fixtures.LinearGaussian;
import org.sparkvae.job.table.MarkedColumns;
import org.sparkvae.job.table.TablePath;

/** Evaluations that are cut off at any point, and go on. */
class ResumableEvaluationTest extends RunOfTwentyThree {
  @Test
  void slicesGiveTheBitsOfOneGo() throws IOException {
    EvaluationOutcome outcome = evaluate(SLICED);

    assertScored(outcome, IMAGES);
    assertWhole(outcome);
  }

  @Test
  void aShortOneWritesNoSlices() throws IOException {
    cutOff(Slicing.STANDARD, "rename .*/_temporary.evaluation.parquet");
    assertThat(run.resolve("evaluation-slices")).doesNotExist();

    EvaluationOutcome outcome = evaluate(Slicing.STANDARD);

    assertScored(outcome, IMAGES);
    assertWhole(outcome);
  }

  /** Cuts off, and says how many of the images are then to be scored. */
  @ParameterizedTest
  @CsvSource({
    "rename .*/_temporary.0000, 23",
    "mkdirs .*/_temporary.0001/.*, 18",
    "write .*/_temporary.0002/.*.parquet, 12",
    "create .*/_temporary.0003/_SUCCESS, 6",
    "write .*/_temporary.evaluation.parquet/.*.parquet, 0",
    "rename .*/_temporary.evaluation.parquet, 0",
    "rename .*/evaluation-slices, 0"
  })
  void goesOnWhereItWasCutOff(String change, int missing) throws IOException {
    cutOff(SLICED, change);

    // On a cluster of another size, whose shards are others.
    EvaluationOutcome outcome = evaluate(SLICED, set(BLOCK, 5), PARAMETERS);

    assertScored(outcome, missing);
    assertWhole(outcome);
  }

  @Test
  void theTableTellsHowLikelihoodsWereEstimated() throws IOException {
    evaluate(Slicing.STANDARD);

    String table = TablePath.literal(hadoop(run.resolve("evaluation.parquet")));
    StructType columns = session.read().parquet(table).schema();
    assertThat(MarkedColumns.mark(columns, MarkedColumns.ESTIMATE))
        .contains("30 samples of the encoder's posterior");
    assertThat(MarkedColumns.mark(columns, MarkedColumns.MODEL)).isPresent();
  }

  @Test
  void isCutOffAgainAndAgain() throws IOException {
    cutOff(SLICED, "create .*/_temporary.0003/_SUCCESS");
    cutOff(SLICED, "write .*/_temporary.evaluation.parquet/.*.parquet");
    cutOff(SLICED, "rename .*/evaluation-slices");

    EvaluationOutcome outcome = evaluate(SLICED);

    assertScored(outcome, 0);
    assertThat(outcome.speed().imagesPerSecond()).isNaN();
    assertWhole(outcome);
  }

  @Test
  void aSliceThatIsNotWholeIsScoredAgain() throws IOException {
    cutOff(SLICED, "write .*/_temporary.evaluation.parquet/.*.parquet");
    delete(run.resolve("evaluation-slices/0001"), "_SUCCESS");

    EvaluationOutcome outcome = evaluate(SLICED);

    assertScored(outcome, 6);
    assertWhole(outcome);
  }

  @ParameterizedTest
  @ValueSource(strings = {"_SUCCESS", "part-.*parquet"})
  void aTableThatIsNotWholeIsScoredAgain(String file) throws IOException {
    evaluate(Slicing.STANDARD);
    delete(run.resolve("evaluation.parquet"), file);
    SCORED.take(session.sparkContext());
    heard = new Heard();

    EvaluationOutcome outcome = evaluate(Slicing.STANDARD);

    assertScored(outcome, IMAGES);
    assertWhole(outcome);
  }

  private static void delete(Path table, String file) throws IOException {
    try (Stream<Path> files = Files.list(table)) {
      for (Path path : files.toList()) {
        if (path.getFileName().toString().matches(file)) {
          Files.delete(path);
        }
      }
    }
  }

  @Test
  void anImageWhoseWeightsAreBrokenIsNamedAndItsSliceNotStored() throws IOException {
    float[] broken = PARAMETERS.clone();
    ImageBlock images = LinearGaussian.images(IMAGES);
    Arrays.fill(images.pixels(), (byte) 0);
    images.pixels()[13 * LinearGaussian.PIXELS] = 1;
    int weight = (int) LinearGaussian.SPEC.layout().block("posterior.weight").offset();
    broken[weight + LinearGaussian.LATENT] = 1e38f;

    assertThatThrownBy(() -> evaluate(SLICED, set(images, 2), broken))
        .isInstanceOf(EvaluationException.class)
        .hasMessageStartingWith("log p(x) cannot be estimated for image 13:");

    assertThat(run.resolve("evaluation-slices/0001/_SUCCESS")).exists();
    assertThat(run.resolve("evaluation-slices/0002")).doesNotExist();
    assertThat(run.resolve("evaluation.parquet")).doesNotExist();
  }

  @Test
  void slicesThatCannotBeReadAreOneLine() throws IOException {
    cutOff(SLICED, "write .*/_temporary.evaluation.parquet/.*.parquet");
    damage(run.resolve("evaluation-slices/0002"));

    assertUnreadable(SLICED, run.resolve("evaluation-slices"));
  }

  @Test
  void aTableThatCannotBeReadIsNamedAndNotItsRun() throws IOException {
    evaluate(Slicing.STANDARD);
    damage(run.resolve("evaluation.parquet"));

    assertUnreadable(Slicing.STANDARD, run.resolve("evaluation.parquet"));
  }

  private static void damage(Path table) throws IOException {
    try (Stream<Path> files = Files.list(table)) {
      Path part = files.filter(file -> file.toString().endsWith(".parquet")).findFirst().get();
      byte[] bytes = Files.readAllBytes(part);
      // The first page's header; the footer, at the end, stays.
      Arrays.fill(bytes, 4, 40, (byte) 0xff);
      Files.write(part, bytes);
    }
  }

  private void assertUnreadable(Slicing slicing, Path stored) {
    assertThatThrownBy(() -> evaluate(slicing))
        .isInstanceOf(EvaluationException.class)
        .hasMessageStartingWith("file:" + stored + " cannot be read (")
        .hasMessageEndingWith("): where it is damaged, delete it and run the same command again")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aJobThatIsCancelledSaysNothingOfTheTable() throws IOException {
    evaluate(Slicing.STANDARD);
    CutOffStore.whenATaskReads(() -> session.sparkContext().cancelAllJobs());

    assertThatThrownBy(() -> evaluate(Slicing.STANDARD))
        .isInstanceOf(SparkException.class)
        .hasMessageContaining("cancelled");
  }
}
