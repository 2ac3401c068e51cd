package org.sparkvae.job.report.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sparkvae.bound.ImportanceWeighted;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.fixtures.Epochs;
import org.sparkvae.job.fixtures.Tiny;
import org.sparkvae.job.report.summary.EvaluationResult;
import org.sparkvae.job.report.summary.Results;
import org.sparkvae.job.report.summary.Speed;
import org.sparkvae.job.report.summary.TrainingResult;
import org.sparkvae.job.settings.ReportSettings;
import org.sparkvae.step.Measure;
import org.sparkvae.vae.Objective;

class ConsoleTest {
  private static final long SECOND = 1_000_000_000L;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);
  private Locale locale;
  private long now;

  @BeforeEach
  void aLocaleThatWritesNumbersOtherwise() {
    locale = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
  }

  @AfterEach
  void restore() {
    Locale.setDefault(locale);
  }

  @Test
  void aRunPrintsItsStartItsEpochsAndItsResults() {
    Console console = new Console(out, new NoProgress(), () -> now);
    console.start(start(6_000));
    console.round(1, 20, 1, 30);
    now += 2 * SECOND;
    console.epoch(Epochs.of(1, -136.494, 15.069, -131.385), 20);
    now += 4 * SECOND;
    console.epoch(Epochs.of(2, -1104.932, 20.311, Double.NaN), 20);
    console.progress("evaluation", 10, 1000, "images");
    console.results(results(Optional.of(evaluation())));

    assertThat(text())
        .isEqualTo(
            """
            Training a variational autoencoder
              images     54,000 for training, 6,000 for validation; 28 x 28 pixels, grey; in 2 shards
                         in memory (42 MB)
              model      784-200-200-50, Bernoulli; 553,884 parameters
              objective  ELBO, 1 sample
              backend    CPU
              directory  runs/mnist
                epoch  bound, nats  reconstruction, nats  KL, nats  validation, nats   images/s    time left
                 1/20      -151.56               -136.49     15.07           -131.39     40,000         38 s
                 2/20    -1,125.24             -1,104.93     20.31                 -     40,000         54 s
            Test: 1,000 images, 5,000 importance samples each
              negative log-likelihood       94.16 +- 0.78 nats/image
              reliable estimates            1,000 of 1,000 images
              bound of 1 sample           -102.61 nats/image
              bound of 5,000 samples       -94.16 nats/image
              active units                     24 of 50
              speed                          62.3 images/s, 16 s in all
            Training: 54,000 images, 20 epochs, 2 shards
              speed                        44,120 images/s, 1 h 01 min in all
            Results in runs/mnist
            """);
  }

  @Test
  void withoutValidationAndEvaluationTheirPartsAreLeftOut() {
    Console console = new Console(out, new NoProgress(), () -> now);
    console.start(start(0));
    now += 30 * SECOND;
    console.epoch(Epochs.of(19, -80, 25, Double.NaN), 20);
    console.epoch(Epochs.of(20, -80, 25, Double.NaN), 20);
    console.results(results(Optional.empty()));

    assertThat(text().lines().skip(1).limit(1))
        .containsExactly("  images     54,000 for training; 28 x 28 pixels, grey; in 2 shards");
    assertThat(text().lines().skip(7))
        .containsExactly(
            "    epoch  bound, nats  reconstruction, nats  KL, nats   images/s    time left",
            "    19/20      -105.00                -80.00     25.00     40,000         30 s",
            "    20/20      -105.00                -80.00     25.00     40,000          0 s",
            "Training: 54,000 images, 20 epochs, 2 shards",
            "  speed                        44,120 images/s, 1 h 01 min in all",
            "Results in runs/mnist");
  }

  @Test
  void aWarmUpShowsTheWeightedObjectiveBesideTheBound() {
    Console console = new Console(out, new NoProgress(), () -> now);
    console.start(start(0, 1));
    console.epoch(Epochs.warming(1, -120, 80, 0.5, Double.NaN), 2);
    console.epoch(Epochs.warming(2, -110, 30, 1, Double.NaN), 2);

    assertThat(text().lines().skip(7))
        .containsExactly(
            "    epoch  bound, nats  weighted, nats  reconstruction, nats  KL, nats   images/s    time left",
            "      1/2      -200.00         -160.00               -120.00     80.00     40,000          0 s",
            "      2/2      -140.00         -140.00               -110.00     30.00     40,000          0 s");
  }

  @Test
  void aWarmUpWithValidationFitsIntoAHundredColumns() {
    Console console = new Console(out, new NoProgress(), () -> now);
    console.start(start(6_000, 1));
    console.epoch(Epochs.warming(1, -120, 80, 0.5, -150), 2);

    assertThat(text().lines().skip(7))
        .allMatch(line -> line.length() <= 100)
        .containsExactly(
            "    epoch  bound, nats  weighted, nats  reconstruction  KL, nats  validation   images/s    time left",
            "      1/2      -200.00         -160.00         -120.00     80.00     -150.00     40,000          0 s");
  }

  @Test
  void oneImageHasNoErrorAndNoActiveUnits() {
    tell(
        new EvaluationResult(
            1,
            new EvaluationResult.Estimate(94.158, Double.NaN),
            sampling(1, 0, Map.of(1, -94.158)),
            new EvaluationResult.ActiveUnits(0, 50),
            new Speed(62.31, 16.05)));

    assertThat(text())
        .startsWith(
            """
            Test: 1 image, 1 importance sample each
              negative log-likelihood       94.16 nats/image
              reliable estimates                0 of 1 image
              No error is known (the column reliable tells the images), and in
              expectation the negative log-likelihood is an upper bound: raise
              evaluation.samples, or set evaluation.proposal.type = refined
              bound of 1 sample            -94.16 nats/image
              speed                          62.3 images/s, 16 s in all
            """);
  }

  @Test
  void whereLogPxIsKnownNothingNeedBeRaised() {
    EvaluationResult some = evaluation();
    tell(
        new EvaluationResult(
            some.images(),
            new EvaluationResult.Estimate(94.158, Double.NaN, 94.161),
            sampling(5_000, 612, Map.of(1, -102.61)),
            some.activeUnits(),
            some.speed()));

    assertThat(text())
        .startsWith(
            """
            Test: 1,000 images, 5,000 importance samples each
              negative log-likelihood       94.16 nats/image
              the same in closed form       94.16 nats/image, exactly
              reliable estimates              612 of 1,000 images
              bound of 1 sample           -102.61 nats/image
            """);
  }

  @Test
  void ofEstimatesThatCannotBeTrustedItIsSaidWhatHolds() {
    EvaluationResult some = evaluation();
    tell(
        new EvaluationResult(
            some.images(),
            new EvaluationResult.Estimate(94.158, Double.NaN),
            sampling(5_000, 612, Map.of(1, -102.61)),
            some.activeUnits(),
            some.speed()));

    assertThat(text())
        .startsWith(
            """
            Test: 1,000 images, 5,000 importance samples each
              negative log-likelihood       94.16 nats/image
              reliable estimates              612 of 1,000 images
              The error of the other 388 is not known (the column reliable tells the images), and in
              expectation the negative log-likelihood is an upper bound: raise
              evaluation.samples, or set evaluation.proposal.type = refined
              bound of 1 sample           -102.61 nats/image
            """);
    assertThat(text().lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void ofChainsThatCannotBeTrustedItIsSaidWhatHolds() {
    EvaluationResult some = evaluation();
    tell(
        new EvaluationResult(
            some.images(),
            new EvaluationResult.Estimate(94.158, Double.NaN),
            Optional.empty(),
            Optional.of(
                new EvaluationResult.Annealing(
                    16,
                    100,
                    612,
                    Optional.of("evaluation.estimator.start = encoder"),
                    Optional.empty())),
            some.activeUnits(),
            some.speed()));

    assertThat(text())
        .startsWith(
            """
            Test: 1,000 images, annealed: 16 chains of 100 temperatures
              negative log-likelihood       94.16 nats/image
              reliable estimates              612 of 1,000 images
              The error of the other 388 is not known (the column reliable tells the images), and in
              expectation the negative log-likelihood is an upper bound: raise
              evaluation.estimator.temperatures or .chains, or set evaluation.estimator.start = encoder
              active units                     24 of 50
            """);
    assertThat(text().lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void anEstimateWithoutImportanceSamplesSaysNothingOfSuch() {
    EvaluationResult some = evaluation();
    tell(
        new EvaluationResult(
            some.images(), some.nll(), Optional.empty(), some.activeUnits(), some.speed()));

    assertThat(text())
        .startsWith(
            """
            Test: 1,000 images
              negative log-likelihood       94.16 +- 0.78 nats/image
              active units                     24 of 50
            """);
  }

  @Test
  void theUnitsOfEveryLayerAreToldAndNoSettingThatIsNoBetter() {
    EvaluationResult some = evaluation();
    tell(
        new EvaluationResult(
            some.images(),
            new EvaluationResult.Estimate(94.158, Double.NaN),
            Optional.of(
                new EvaluationResult.Sampling(
                    5_000, 612, new TreeMap<>(Map.of(1, -102.61)), Optional.empty())),
            new EvaluationResult.ActiveUnits(
                16, 100, List.of(new EvaluationResult.ActiveUnits(5, 50))),
            some.speed()));

    assertThat(text())
        .contains(
            """
              expectation the negative log-likelihood is an upper bound: raise
              evaluation.samples
              bound of 1 sample           -102.61 nats/image
              active units                     16 of 100
              active units, layer 2             5 of 50
            """);
  }

  @Test
  void theHeaderComesAgainRarely() {
    Console console = new Console(out, new NoProgress(), () -> now);
    for (int epoch = 1; epoch <= 60; epoch++) {
      console.epoch(Epochs.of(epoch, -80, 25, -100), 1_000);
    }

    assertThat(text().lines().filter(line -> line.contains("epoch"))).hasSize(3);
    assertThat(text().lines()).hasSize(63).allMatch(line -> line.length() <= 100);
  }

  @Test
  void offATerminalThereAreNoControlCharacters() {
    Console console = Console.on(out, ReportSettings.Progress.AUTO);
    console.round(1, 2, 1, 3);
    console.progress("evaluation", 1, 2, "images");
    console.line("a line");
    console.clear();

    assertThat(System.console()).isNull();
    assertThat(text()).isEqualTo("a line\n");
  }

  @Test
  void offATerminalALineEndsFiveMinutesOfSilence() {
    Console console = new Console(out, new ProgressLines(out, () -> now), () -> now);
    console.progress("reading images", 1, 1_200, "tasks");
    now += 299 * SECOND;
    console.progress("reading images", 2, 1_200, "tasks");
    assertThat(text()).isEmpty();
    now += SECOND;
    console.progress("reading images", 1_003, 1_200, "tasks");
    console.progress("reading images", 1_004, 1_200, "tasks");
    now += 200 * SECOND;
    console.line("a line");
    now += 200 * SECOND;
    console.progress("evaluation", 1, 2, "images");
    now += 100 * SECOND;
    console.progress("evaluation", 2, 2, "images");

    assertThat(text())
        .isEqualTo("reading images: 1,003 of 1,200 tasks\na line\nevaluation: 2 of 2 images\n");
  }

  @Test
  void theSettingsTurnTheBarOnAndOff() {
    Console.on(out, ReportSettings.Progress.OFF).round(1, 2, 1, 3);
    assertThat(text()).isEmpty();
    Console.on(out, ReportSettings.Progress.ON).round(1, 2, 1, 3);
    assertThat(text()).isEqualTo("\repoch 1/2  [########................]  1/3 rounds");
  }

  @Test
  void theBarIsDrawnAtMostTenTimesASecondAndWithTheTimeLeft() {
    Console console = terminal();
    console.progress("evaluation", 0, 1_000, "images");
    now += SECOND / 20;
    console.progress("evaluation", 100, 1_000, "images");
    now += SECOND / 20;
    console.progress("evaluation", 200, 1_000, "images");
    now += 10 * SECOND;
    console.progress("evaluation", 500, 1_000, "images");

    assertThat(text().split("\r"))
        .containsExactly(
            "",
            "evaluation  [........................]  0/1,000 images",
            "evaluation  [####....................]  200/1,000 images, 0 s left",
            "evaluation  [############............]  500/1,000 images, 10 s left");
  }

  @Test
  void theEndOfAStageAndTheStartOfTheNextAreAlwaysDrawn() {
    Console console = terminal();
    console.round(1, 2, 1, 2);
    console.round(1, 2, 2, 2);
    console.round(2, 2, 1, 2);

    assertThat(text().split("\r"))
        .containsExactly(
            "",
            "epoch 1/2  [############............]  1/2 rounds",
            "epoch 1/2  [########################]  2/2 rounds, 0 s left",
            "epoch 2/2  [############............]  1/2 rounds" + " ".repeat(10));
  }

  @Test
  void theBarIsWipedBeforeALineIsPrinted() {
    Console console = terminal();
    console.round(1, 2, 1, 2);
    String bar = "epoch 1/2  [############............]  1/2 rounds";
    console.line("a line");
    console.line("another");

    assertThat(text())
        .isEqualTo("\r" + bar + "\r" + " ".repeat(bar.length()) + "\ra line\nanother\n");
  }

  @Test
  void theBarFitsIntoATerminalOfEightyColumns() {
    Console console = terminal();
    console.progress("x".repeat(200), 1, 2, "images");

    assertThat(text()).hasSize(80).startsWith("\rxxx");
  }

  private Console terminal() {
    return new Console(out, new ProgressBar(out, () -> now), () -> now);
  }

  private String text() {
    return bytes.toString(UTF_8).replace(System.lineSeparator(), "\n");
  }

  private static TrainingStart start(long validation) {
    return start(validation, 0);
  }

  private static TrainingStart start(long validation, int warmUpEpochs) {
    List<Measure> measures = Objective.measures(Tiny.MODEL.model(), new ImportanceWeighted(5));
    return new TrainingStart(
        new TrainingStart.ImagesInWords(
            new ImageShape(28, 28, 1), 54_000, validation, 2, "in memory", 54_000 * 784),
        new TrainingStart.ModelInWords(
            "a variational autoencoder", "784-200-200-50, Bernoulli", 553_884),
        "ELBO, 1 sample",
        warmUpEpochs > 0
            ? measures
            : measures.stream().filter(m -> m != Objective.WEIGHTED).toList(),
        "CPU",
        "runs/mnist");
  }

  private void tell(EvaluationResult result) {
    new Console(out, new NoProgress(), () -> now).results(results(Optional.of(result)));
  }

  private static Results results(Optional<EvaluationResult> evaluation) {
    return new Results(
        new TrainingResult(54_000, 20, 2, new Speed(44_120.4, 3_661)), evaluation, 1, "runs/mnist");
  }

  private static EvaluationResult evaluation() {
    return new EvaluationResult(
        1_000,
        new EvaluationResult.Estimate(94.158, 0.78),
        sampling(5_000, 1_000, Map.of(5_000, -94.158, 1, -102.61)),
        new EvaluationResult.ActiveUnits(24, 50),
        new Speed(62.31, 16.05));
  }

  private static Optional<EvaluationResult.Sampling> sampling(
      int samples, long reliable, Map<Integer, Double> bounds) {
    return Optional.of(
        new EvaluationResult.Sampling(
            samples,
            reliable,
            new TreeMap<>(bounds),
            Optional.of("evaluation.proposal.type = refined")));
  }
}
