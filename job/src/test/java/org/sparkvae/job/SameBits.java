package org.sparkvae.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;

/** What must not depend on where a run ran, or on what befell it. */
final class SameBits {
  private SameBits() {}

  /** Requires that a run be done, with the model and the results of another one. */
  static void require(RunFiles run, RunFiles other, int epochs) throws IOException {
    assertThat(run.has("_SUCCESS")).isTrue();
    for (String part : List.of("coefficients.bin", "updaterState.bin")) {
      assertThat(run.model(epochs, part)).as(part).isEqualTo(other.model(epochs, part));
    }
    requireScores(run, other);
    assertThat(run.json("summary.json").get("test_nll"))
        .isNotNull()
        .isEqualTo(other.json("summary.json").get("test_nll"));
  }

  /** Requires the scores of another run; the columns' marks are of the build, too. */
  static void requireScores(RunFiles run, RunFiles other) {
    RunFiles.Table scores = run.table("evaluation.parquet");
    RunFiles.Table others = other.table("evaluation.parquet");
    assertThat(scores.schema().simpleString()).isEqualTo(others.schema().simpleString());
    assertThat(scores.rows()).isNotEmpty().isEqualTo(others.rows());
  }
}
