package org.sparkvae.job.settings.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkvae.evaluation.Annealed;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.SettingsException;

class TypeNamesTest {
  @TempDir private Path folder;

  /** In a file and on the command line, of parts and of parts within parts. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "evaluation.estimator = annealed | evaluation.estimator.type = annealed",
        "model.prior = vampprior | model.prior.type = vampprior",
        "training { schedule = burda } | training.schedule.type = burda",
        "model = vae | model.type = vae",
        "model { latent = 7, posterior = chain } | model { latent = 7, posterior.type = chain }",
        "model.posterior { type = planar, base = chain }"
            + " | model.posterior { type = planar, base.type = chain }",
        "training.bound = importance-weighted | training.bound.type = importance-weighted",
        "training { optimiser = sgd } | training.optimiser.type = sgd"
      })
  void aNameStandsForABlockOfThatType(String name, String block) {
    Config expected = read(block).config();
    assertThat(read(name).config()).isEqualTo(expected);
    if (!name.contains("{")) {
      assertThat(read("", name).config()).isEqualTo(expected);
    }
  }

  @Test
  void whatTheBlockSaysElseGoesOn() {
    String file = "evaluation.estimator { type = importance, chains = 5 }";
    Annealed expected =
        (Annealed)
            read("evaluation.estimator { type = annealed, chains = 5 }").evaluation().estimator();

    assertThat(expected.chains()).isEqualTo(5);
    assertThat(read(file, "evaluation.estimator=annealed").evaluation().estimator())
        .isEqualTo(expected);
    assertThat(
            read("", "evaluation.estimator=annealed", "evaluation.estimator.chains=5")
                .evaluation()
                .estimator())
        .isEqualTo(expected);
    assertThat(read("training.bound = elbo").training().bound().samples()).isEqualTo(1);
  }

  /** Within a file HOCON lets a block take the place of a name before it. */
  @Test
  void aBlockAfterANameHasToSayTheTypeAgain() {
    assertThatThrownBy(
            () -> read("evaluation.estimator = annealed\nevaluation.estimator.chains = 5"))
        .isInstanceOf(SettingsException.class)
        .hasMessageEndingWith(
            "x.conf:5: evaluation.estimator: an estimator needs a type: [importance, annealed]");
  }

  private JobSettings read(String lines, String... overrides) {
    return new SettingsFixture(folder).read(lines, overrides);
  }
}
