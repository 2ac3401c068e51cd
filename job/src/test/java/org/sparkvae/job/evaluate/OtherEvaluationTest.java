package org.sparkvae.job.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparkvae.importance.CurvePoint;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.images.ImageName;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.evaluate.scoring.ImageIds;
import org.sparkvae.job.evaluate.table.ScoreTable;
import org.sparkvae.job.evaluate.table.WrittenRows;
import org.sparkvae.job.fixtures.CutOffStore;
import org.sparkvae.job.fixtures.ExactBits;
import org.sparkvae.job.fixtures.LinearGaussian;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.storage.UnwritableException;

/** Scores of another evaluation that are in the way of this one. */
class OtherEvaluationTest extends RunOfTwentyThree {
  /** What another evaluation in the same directory may differ in. */
  private enum Other {
    PARAMETERS,
    PIXEL,
    LABEL,
    LABEL_NAME,
    ID,
    PATH,
    ID_TEXT,
    SAMPLES,
    BLOCK,
    STREAM,
    ESTIMATOR,
    PROPOSAL,
    STEPS,
    TAILS,
    SEED,
    BINARISATION;

    /** Images of which one may be another. */
    ImageBlock images() {
      ImageBlock images = named();
      images.pixels()[7] += (byte) (this == PIXEL ? 1 : 0);
      images.labels()[7] += this == LABEL ? 1 : 0;
      images.ids()[22] += this == ID ? 1 : 0;
      String path = images.name(7).path() + (this == PATH ? "!" : "");
      String idText = images.name(7).idText() + (this == ID_TEXT ? "!" : "");
      images.name(7, new ImageName(path, idText));
      return images;
    }

    /** What labels stand for, of which one may be another. */
    Map<Integer, String> labelNames() {
      return this == LABEL_NAME ? Map.of(0, "zero") : LABEL_NAMES;
    }

    /** Parameters of which one may be another, in the last bit. */
    float[] parameters() {
      float[] parameters = RunOfTwentyThree.PARAMETERS.clone();
      parameters[3] = this == PARAMETERS ? Math.nextUp(parameters[3]) : parameters[3];
      return parameters;
    }

    /** Settings of an evaluation alone. */
    String[] overrides() {
      return new String[] {
        "pipeline=[evaluate]",
        "evaluation.samples=" + (this == SAMPLES ? 29 : 30),
        "evaluation.block=" + (this == BLOCK ? 11 : 10),
        "evaluation.stream=" + (this == STREAM ? 1 : 0),
        "evaluation.estimator.type=" + (this == ESTIMATOR ? "annealed" : "importance"),
        "evaluation.proposal.type=" + (this == PROPOSAL || this == STEPS ? "refined" : "encoder"),
        "evaluation.proposal.steps=" + (this == STEPS ? 1 : 7),
        "evaluation.proposal.tails.type=" + (this == TAILS ? "student-t" : "normal"),
        "seed=" + (this == SEED ? 12 : 11),
        "data.binarisation=" + (this == BINARISATION ? "static" : "none")
      };
    }
  }

  @Test
  void theFingerprintIsOfAllThatDecidesTheRows() throws IOException {
    Set<String> fingerprints = new HashSet<>();
    fingerprints.add(fingerprint(set(BLOCK, 1), PARAMETERS));
    assertThat(fingerprint(set(BLOCK, 5), PARAMETERS)).isIn(fingerprints);
    for (Other other : Other.values()) {
      ImageSet images = set(other.images(), 2, other.labelNames());
      fingerprints.add(fingerprint(images, other.parameters(), other.overrides()));
    }

    assertThat(fingerprints).hasSize(1 + Other.values().length);
  }

  @Test
  void theFingerprintIsOfTheJobsVersion() throws IOException {
    assertThat(fingerprint("1.0")).isEqualTo(fingerprint("1.0")).isNotEqualTo(fingerprint("1.1"));
  }

  private String fingerprint(String version) throws IOException {
    JobSettings settings = settings(folder);
    Binariser binariser = Binariser.of(settings.data(), settings.seed());
    ImageIds ids = evaluator(settings, heard).ids(set(BLOCK, 1));
    return Fingerprint.of(
        version, ids, LinearGaussian.SPEC, PARAMETERS, settings.evaluation(), binariser, 11);
  }

  private String fingerprint(ImageSet images, float[] parameters, String... overrides)
      throws IOException {
    Evaluator evaluator = evaluator(settings(folder, overrides), heard);
    return evaluator.fingerprint(evaluator.ids(images), LinearGaussian.SPEC, parameters);
  }

  @Test
  void slicesOfAnotherModelAreNotUsed() throws IOException {
    cutOff(SLICED, "write .*/_temporary.0002/.*.parquet");

    assertScoredAnew(Other.PARAMETERS, SLICED);

    assertThat(place.path()).isEqualTo(new org.apache.hadoop.fs.Path("file:" + run));
    assertThat(run.resolve("evaluation-slices")).doesNotExist();
  }

  @Test
  void anEvaluationThatIsBegunStaysAndAnotherGoesBesideIt() throws IOException {
    cutOff(SLICED, "write .*/_temporary.0002/.*.parquet");

    assertScoredAnew(Other.SAMPLES, SLICED);

    assertThat(place.path().getParent().getName()).isEqualTo("evaluations");
    assertThat(run.resolve("evaluation-slices/0001/_SUCCESS")).exists();
    heard = new Heard();
    EvaluationOutcome own = evaluate(SLICED);
    assertThat(own.speed().images()).isEqualTo(12);
    assertThat(rows(run.resolve("evaluation.parquet"))).isEqualTo(wholeRows);
  }

  @ParameterizedTest
  @EnumSource(names = {"PARAMETERS", "PIXEL"})
  void aTableOfAnotherModelOrOtherImagesIsKeptBesideTheNewOne(Other other) throws IOException {
    evaluate(Slicing.STANDARD);
    String mark = mark(run.resolve("evaluation.parquet"));
    SCORED.take(session.sparkContext());
    heard = new Heard();

    assertScoredAnew(other, Slicing.STANDARD);

    Path old = run.resolve("evaluations").resolve(mark.substring(0, 16));
    assertThat(kept).contains(new org.apache.hadoop.fs.Path("file:" + old));
    assertThat(mark(old.resolve("evaluation.parquet"))).isEqualTo(mark);
    assertThat(rows(old.resolve("evaluation.parquet"))).isEqualTo(wholeRows);
    assertThat(old.resolve("config.conf")).hasSameTextualContentAs(run.resolve("config.conf"));
  }

  @ParameterizedTest
  @EnumSource(names = {"SAMPLES", "PROPOSAL", "TAILS"})
  void anotherEvaluationLeavesTheRunsOwn(Other other) throws IOException {
    evaluate(Slicing.STANDARD);
    SCORED.take(session.sparkContext());
    heard = new Heard();

    assertScoredAnew(other, Slicing.STANDARD);

    assertThat(place.path().getName())
        .isEqualTo(mark(Path.of(place.table().toUri())).substring(0, 16));
    assertThat(rows(run.resolve("evaluation.parquet"))).isEqualTo(wholeRows);
  }

  private static String mark(Path table) {
    return WrittenRows.mark(session.sparkContext().hadoopConfiguration(), hadoop(table))
        .orElseThrow();
  }

  private void assertScoredAnew(Other other, Slicing slicing) throws IOException {
    Evaluation expected =
        evaluator(settings(folder, other.overrides()), new Heard())
            .evaluate(set(other.images(), 1), LinearGaussian.SPEC, other.parameters());
    SCORED.take(session.sparkContext());

    EvaluationOutcome outcome =
        evaluate(slicing, set(other.images(), 2), other.parameters(), other.overrides());

    assertScored(outcome, IMAGES);
    assertThat(outcome.summary())
        .usingRecursiveComparison(ExactBits.everywhere())
        .isEqualTo(expected.summary());
    assertThat(ScoreTable.read(session, List.of(place.table())).collect())
        .usingRecursiveFieldByFieldElementComparator(ExactBits.everywhere())
        .isEqualTo(expected.scores().collect());
  }

  @Test
  void slicesThatWereCutOtherwiseAreNotUsed() throws IOException {
    cutOff(new Slicing(1, 2), "rename .*/_temporary.0001");

    EvaluationOutcome outcome = evaluate(SLICED);

    assertScored(outcome, IMAGES);
    assertWhole(outcome);
  }

  @Test
  void anotherEvaluationThatIsCutOffGoesOn() throws IOException {
    evaluate(SLICED);
    String[] other = {"pipeline=[evaluate]", "evaluation.samples=20"};
    CutOffStore.at("rename .*/_temporary.0002");
    assertThatThrownBy(() -> evaluate(SLICED, set(BLOCK, 2), PARAMETERS, other))
        .isInstanceOf(UnwritableException.class);
    assertThat(CutOffStore.mend()).isTrue();
    assertThat(rows(run.resolve("evaluation.parquet"))).isEqualTo(wholeRows);
    SCORED.take(session.sparkContext());
    heard = new Heard();

    EvaluationOutcome outcome = evaluate(SLICED, set(BLOCK, 2), PARAMETERS, other);

    assertThat(outcome.speed().images()).isEqualTo(12);
    assertThat(SCORED.take(session.sparkContext())).isEqualTo(12 * 2);
    assertThat(outcome.summary().diagnosis().curve())
        .extracting(CurvePoint::samples)
        .containsExactly(1, 10, 20);
    assertThat(Path.of(place.path().toUri()).resolve("evaluation-slices")).doesNotExist();
    assertThat(rows(run.resolve("evaluation.parquet"))).isEqualTo(wholeRows);
  }

  @Test
  void theTableThatIsThereStaysUntilAnotherIsScored() throws IOException {
    evaluate(SLICED);
    String mark = mark(run.resolve("evaluation.parquet"));
    float[] parameters = Other.PARAMETERS.parameters();
    CutOffStore.at("rename .*/_temporary.0002");
    assertThatThrownBy(() -> evaluate(SLICED, set(BLOCK, 2), parameters))
        .isInstanceOf(UnwritableException.class);
    assertThat(CutOffStore.mend()).isTrue();
    assertThat(rows(run.resolve("evaluation.parquet"))).isEqualTo(wholeRows);

    // Cut off while it is moved out of the way, too.
    for (String change :
        List.of("rename .*/evaluation.parquet", "rename .*/_temporary.evaluation.parquet")) {
      CutOffStore.at(change);
      assertThatThrownBy(() -> evaluate(SLICED, set(BLOCK, 2), parameters))
          .hasStackTraceContaining("cut off");
      assertThat(CutOffStore.mend()).isTrue();
    }
    evaluate(SLICED, set(BLOCK, 2), parameters);

    assertThat(place.isEvaluated()).isTrue();
    assertThat(mark(run.resolve("evaluation.parquet"))).isNotEqualTo(mark);
    try (Stream<Path> evaluations = Files.list(run.resolve("evaluations"))) {
      assertThat(evaluations)
          .singleElement()
          .satisfies(
              old -> assertThat(rows(old.resolve("evaluation.parquet"))).isEqualTo(wholeRows));
    }
  }
}
