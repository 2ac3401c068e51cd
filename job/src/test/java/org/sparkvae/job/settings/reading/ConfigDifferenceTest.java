package org.sparkvae.job.settings.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkvae.job.settings.JobSettings;

class ConfigDifferenceTest {
  @TempDir private Path folder;
  private SettingsFixture fixture;
  private Config stored;

  @BeforeEach
  void store() {
    fixture = new SettingsFixture(folder);
    stored = ConfigFactory.parseString(ConfigText.of(fixture.read("").config()));
  }

  @Test
  void isEmptyForTheSameSettings() {
    assertThat(ConfigDifference.between(stored, fixture.read("").config()).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seed=2",
        "data.train.path=other",
        "data.train.limit=5",
        "data.validation.fraction=0.1",
        "data.binarisation=static",
        "data.threshold=0.1",
        "data.shards=4",
        "data.block-images=5",
        "data.reshard-every=1",
        "model.latent=2",
        "model.encoder.hidden=[200,201]",
        "training.epochs=21",
        "training.start-from=runs/other",
        "training.averaging.every=1",
        "training.validation.every=2"
      })
  void namesKeysThatDefineTheTrainedModel(String override) {
    assertThat(between(override))
        .isEqualTo(new ConfigDifference(List.of(key(override)), List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data.test.path=other",
        "data.test.limit=5",
        "evaluation.samples=1",
        "evaluation.block=1",
        "evaluation.stream=1"
      })
  void namesKeysThatDefineTheEvaluation(String override) {
    assertThat(between(override))
        .isEqualTo(new ConfigDifference(List.of(), List.of(key(override))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run.mode=overwrite",
        "run.directory=elsewhere",
        "pipeline=[train]",
        "report.pictures=false",
        "data.on-bad-image=skip",
        "training.checkpoint.keep=9",
        "training.optimiser.learning-rate=0.0010",
        "training.optimiser.epsilon=\"1e-4\"",
        "training.weight-prior-precision=0",
        "model.encoder.hidden=[\"200\",200.0]"
      })
  void ignoresWhatDoesNotMatter(String override) {
    assertThat(between(override).isEmpty()).isTrue();
  }

  @Test
  void ignoresWhereAnEvaluationGoes() {
    JobSettings now = fixture.read("", "pipeline=[evaluate]", "evaluation.directory=elsewhere");
    assertThat(ConfigDifference.between(stored, now.config()).isEmpty()).isTrue();
  }

  @Test
  void namesKeysThatOnlyOneHas() {
    assertThat(
            ConfigDifference.between(
                ConfigFactory.parseString("a = 1, evaluation.b = 2"),
                ConfigFactory.parseString("c = 3")))
        .isEqualTo(new ConfigDifference(List.of("a", "c"), List.of("evaluation.b")));
  }

  @Test
  void takesAKeyThatTheStoredRunDoesNotHaveForItsDefault() {
    JobSettings now = fixture.read("", "training.start-from-optimiser=true");
    String older =
        ConfigText.of(
            now.config().withoutPath("training.start-from-optimiser").withoutPath("seed"));

    assertThat(ConfigDifference.between(ConfigText.parse(older), now.config()))
        .isEqualTo(new ConfigDifference(List.of("training.start-from-optimiser"), List.of()));
  }

  @Test
  void doesNotCountSettingsOfKindsThatAreNotChosen() {
    Config older =
        ConfigFactory.parseString(
                "model.likelihood { variance = shared, min-variance = 0.5 }, training.optimiser.momentum = 0.0")
            .withFallback(stored);
    assertThat(ConfigDifference.between(older, fixture.read("").config()).isEmpty()).isTrue();
    assertThat(between("training.optimiser.momentum=0.5").isEmpty()).isTrue();
  }

  @Test
  void namesOnlyTheTypeWhereTheKindsDiffer() {
    JobSettings now = fixture.read("data.binarisation = none", "model.likelihood.type=gaussian");
    assertThat(ConfigDifference.between(stored, now.config()).training())
        .containsExactly("data.binarisation", "model.likelihood.type");
    assertThat(between("training.bound={type=importance-weighted,samples=5}").training())
        .containsExactly("training.bound.samples", "training.bound.type");
  }

  @Test
  void takesABlockThatTheStoredRunDoesNotHaveForItsDefaults() {
    Config older = stored.withoutPath("model.likelihood").withoutPath("training.bound");
    Config oldest =
        older
            .withoutPath("model.type")
            .withoutPath("model.encoder")
            .withoutPath("model.posterior")
            .withoutPath("model.prior")
            .withoutPath("training.optimiser.beta1");
    String text = ConfigText.of(oldest);
    assertThat(ConfigDifference.between(ConfigText.parse(text), fixture.read("").config()))
        .isEqualTo(new ConfigDifference(List.of(), List.of()));
    assertThat(
            ConfigDifference.between(
                    ConfigText.parse(text),
                    fixture.read("", "training.bound.kl=monte-carlo").config())
                .training())
        .containsExactly("training.bound.kl");
  }

  @Test
  void doesNotTakeASecretForADifference() {
    JobSettings now = fixture.read("", "data.train.path=s3a://me:word@bucket/a");
    Config text = ConfigFactory.parseString(ConfigText.of(now.config()));
    assertThat(ConfigDifference.between(text, now.config()).isEmpty()).isTrue();
  }

  private ConfigDifference between(String override) {
    return ConfigDifference.between(stored, fixture.read("", override).config());
  }

  private static String key(String override) {
    return override.substring(0, override.indexOf('='));
  }
}
