package org.sparkvae.job.settings.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarningsTest {
  @TempDir private Path folder;

  @Test
  void hasNothingToSayOfTheDefaults() {
    assertThat(Warnings.of(new SettingsFixture(folder).read(""))).isEmpty();
  }

  @Test
  void hasNothingToSayOfDefaultsThatAreSpeltOut() {
    SettingsFixture fixture = new SettingsFixture(folder);
    String all = ConfigText.of(fixture.read("").config());
    Path file = fixture.write("all.conf", all);

    assertThat(Warnings.of(SettingsReader.read(file.toString(), List.of()))).isEmpty();
    assertThat(Warnings.of(fixture.read("", "model.likelihood.min-variance=0.00100"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          data.binarisation=none             | model.likelihood.type is bernoulli, but data.binarisation is none: the cross-entropy of grey values is not a log-likelihood, and is not comparable with published ones; model.likelihood.type = continuous-bernoulli is a density of such values
          data.threshold=0.3                 | command line: data.threshold has no effect where data.binarisation is dynamic
          data.resize.width=28               | command line: data.resize.width has no effect where data.resize.mode is none
          data.train.width=28                | command line: data.train.width has no effect where data.train.source is idx
          data.validation.path=held-out      | command line: data.validation.path has no effect where data.validation.source is none
          model.likelihood.min-variance=1    | command line: model.likelihood.min-variance has no effect where model.likelihood.type is bernoulli
          training.optimiser.momentum=0.9    | command line: training.optimiser.momentum has no effect where training.optimiser.type is adam
          training.optimiser={type=sgd,beta1=0} | command line: training.optimiser.beta1 has no effect where training.optimiser.type is sgd
          training.bound={type=importance-weighted,kl=monte-carlo} | command line: training.bound.kl has no effect where training.bound.type is importance-weighted
          training.start-from-optimiser=true | command line: training.start-from-optimiser has no effect where training.start-from is not set
          evaluation.estimator.chains=8      | command line: evaluation.estimator.chains has no effect where evaluation.estimator.type is importance
          evaluation={estimator=annealed,proposal=refined} | command line: evaluation.proposal.type has no effect where evaluation.estimator.type is annealed
          tracking.mlflow.url="http://m:1"   | command line: tracking.mlflow.url has no effect where tracking.mlflow.type is none
          model.iterations=30                | command line: model.iterations has no effect where model.type is vae
          training.validation.samples=5      | command line: training.validation.samples has no effect where data.validation.source is none
          training.gradient-noise.draws=9    | command line: training.gradient-noise.draws has no effect where training.gradient-noise.every is 0
          compute={device=cpu,products=tf32} | command line: compute.products has no effect where compute.device is cpu
          training.kl-warm-up=30             | training.kl-warm-up is 30, but training.epochs is 20: the KL term never reaches its full weight
          """)
  void warnsOfWhatIsProbablyNotMeant(String override, String warning) {
    assertThat(Warnings.of(new SettingsFixture(folder).read("", override)))
        .containsExactly(warning);
  }

  @Test
  void hasNothingToSayOfSamplesForImagesHeldOut() {
    SettingsFixture fixture = new SettingsFixture(folder);
    String samples = "training.validation.samples=5";

    assertThat(Warnings.of(fixture.read("", "data.validation.fraction=0.1", samples))).isEmpty();
    assertThat(
            Warnings.of(
                fixture.read(
                    "", "data.validation.fraction=0.1", samples, "training.validation.every=0")))
        .containsExactly(
            "command line: training.validation.samples has no effect where"
                + " training.validation.every is 0");
  }

  @Test
  void hasNothingToSayOfProductsWhereThereMayBeAGpu() {
    assertThat(Warnings.of(new SettingsFixture(folder).read("", "compute.products=bf16")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          training.epochs=5                       | training.epochs
          training.optimiser.learning-rate=0.1    | training.optimiser.learning-rate
          training={averaging.strategy=dl4j}      | training.averaging.strategy
          training.validation={patience=3,every=2}| training.validation.patience
          training={kl-warm-up=30}                | training.kl-warm-up
          """)
  void warnsOfWhatAFitHasNoUseFor(String override, String key) {
    SettingsFixture fixture = new SettingsFixture(folder);
    assertThat(
            Warnings.of(
                fixture.read(
                    "model = ppca, data { binarisation = none, validation.fraction = 0.1 }",
                    override)))
        .containsExactly("command line: " + key + " has no effect where model.type is ppca");
  }

  /** A block that is merged of several places has none itself. */
  @Test
  void warnsOfTheFirstGivenKeyOfABlockWithoutEffect() {
    SettingsFixture fixture = new SettingsFixture(folder);
    String ppca = "data.binarisation = none, model { type = ppca, ";

    assertThat(Warnings.of(fixture.read(ppca + "encoder { hidden = [12] } }")).get(0))
        .startsWith(folder.toString())
        .endsWith(": model.encoder.hidden has no effect where model.type is ppca");
    assertThat(Warnings.of(fixture.read(ppca + "encoder { type = mlp } }"))).isEmpty();
    assertThat(
            Warnings.of(fixture.read(ppca + "encoder.type = mlp }", "model.encoder.hidden=[12]")))
        .containsExactly(
            "command line: model.encoder.hidden has no effect where model.type is ppca");
  }

  @Test
  void hasNothingToSayOfPathsWithoutASourceThatWereNotForgotten() {
    SettingsFixture fixture = new SettingsFixture(folder);
    assertThat(Warnings.of(fixture.read("image-source { source = idx, path = all }"))).isEmpty();
    assertThat(Warnings.of(fixture.read("", "pipeline=[train]", "data.test.source=none")))
        .isEmpty();
  }

  /** Other stages' settings are of jobs to come. */
  @Test
  void warnsOfStagesThatThePipelineHolds() {
    SettingsFixture fixture = new SettingsFixture(folder);
    String idle = "impute.method.samples=9";

    assertThat(Warnings.of(fixture.read("", "pipeline=[train, impute]", idle)))
        .containsExactly(
            "command line: impute.method.samples has no effect where impute.method.type is"
                + " pseudo-gibbs");
    assertThat(Warnings.of(fixture.read("", idle))).isEmpty();
  }

  @Test
  void hasNothingToSayOfAFit() {
    assertThat(
            Warnings.of(
                new SettingsFixture(folder)
                    .read("model.type = ppca, data.binarisation = none, model.min-variance = 0.1")))
        .isEmpty();
  }
}
