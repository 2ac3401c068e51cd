package org.sparkvae.job;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.sparkvae.annealing.AnnealingLimits;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.evaluation.Annealed;
import org.sparkvae.importance.CurvePoint;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.evaluate.EvaluationListener;
import org.sparkvae.job.evaluate.EvaluationOutcome;
import org.sparkvae.job.evaluate.Evaluator;
import org.sparkvae.job.evaluate.ResumableEvaluation;
import org.sparkvae.job.evaluate.ScoringSpeed;
import org.sparkvae.job.evaluate.scoring.SetWithIds;
import org.sparkvae.job.evaluate.summary.EvaluationSummary;
import org.sparkvae.job.report.console.Console;
import org.sparkvae.job.report.summary.EvaluationResult;
import org.sparkvae.job.report.summary.Readable;
import org.sparkvae.job.report.summary.Speed;
import org.sparkvae.job.settings.EvaluationSettings;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.train.TrainedVae;
import org.sparkvae.proposal.Refinement;
import org.sparkvae.vae.ImageModel;

/** Estimates log p(x) of the test images, as far as that was not done before. */
record EvaluationStage(SparkSession spark, JobSettings settings, Console console) {

  /**
   * The evaluation of a model on test images.
   *
   * @throws DataException where the model was trained on images of another shape
   */
  ResumableEvaluation of(SetWithIds test, TrainedVae trained) {
    ImageModel spec = VaeNetwork.spec(trained.network());
    requireShape(settings, test.set(), spec);
    Evaluator evaluator =
        new Evaluator(
            new JavaSparkContext(spark.sparkContext()),
            settings.evaluation(),
            Binariser.of(settings.data(), settings.seed()),
            settings.seed(),
            new ConsoleListener(console, settings.evaluation()));
    float[] parameters = VaeNetwork.parameters(trained.network()).toFloatVector();
    return ResumableEvaluation.of(spark, evaluator, test, spec, parameters);
  }

  /**
   * Checks that test images are such as a model was trained on.
   *
   * @throws DataException where they are of another shape
   */
  static void requireShape(JobSettings settings, ImageSet test, ImageModel spec) {
    if (test.shape().values() != spec.x().values()) {
      throw new DataException(
          "%s: images have %d values each, but the model was trained on images of %d; set data.test to images like the training set's"
              .formatted(
                  settings.config().getString("data.test.path"),
                  test.shape().values(),
                  spec.x().values()));
    }
  }

  /** The outcome as the report shows it. */
  static EvaluationResult result(EvaluationOutcome outcome, JobSettings settings) {
    EvaluationSummary summary = outcome.summary();
    ScoringSpeed speed = outcome.speed();
    Optional<Annealed> chains = settings.evaluation().estimator().annealed();
    return new EvaluationResult(
        summary.images(),
        new EvaluationResult.Estimate(
            summary.nll().mean(), summary.nll().standardError(), summary.nll().exact()),
        chains.isEmpty() ? Optional.of(sampling(summary.diagnosis(), settings)) : Optional.empty(),
        chains.map(how -> annealing(how, outcome, settings)),
        settings.model().hasEncoder() ? active(summary) : EvaluationResult.ActiveUnits.NONE,
        new Speed(speed.imagesPerSecond(), speed.images() == 0 ? Double.NaN : speed.seconds()));
  }

  private static EvaluationResult.ActiveUnits active(EvaluationSummary summary) {
    return new EvaluationResult.ActiveUnits(
        summary.latent().active(),
        summary.latent().meanVariances().size(),
        summary.above().stream()
            .map(of -> new EvaluationResult.ActiveUnits(of.active(), of.meanVariances().size()))
            .toList());
  }

  /** What the summary holds beside the report's table. */
  static Map<String, Object> extra(EvaluationSummary summary) {
    Map<String, Object> extra = new LinkedHashMap<>();
    extra.put("test_nll_standard_error_from_images", summary.nll().errorFromImages());
    extra.put("test_nll_standard_error_from_sampling", summary.nll().errorFromSampling());
    extra.put("test_bound_standard_error", summary.nll().errorOfBound());
    extra.put("exact_test_nll", summary.nll().exact());
    extra.put("bits_per_dimension", summary.nll().bitsPerDimension());
    extra.put("test_elbo", summary.elbo().value());
    extra.put("test_reconstruction", summary.elbo().reconstruction());
    extra.put("test_kl", summary.elbo().kl());
    EvaluationSummary.Diagnosis weights = summary.diagnosis();
    extra.put("mean_effective_samples", weights.effectiveSamples().mean());
    extra.put("least_effective_samples", weights.effectiveSamples().least());
    extra.put("reliable_images", weights.tails().reliable());
    extra.put("mean_pareto_k", weights.tails().meanK());
    extra.put("largest_pareto_k", weights.tails().largestK());
    extra.put("posterior_mean_variances", summary.latent().meanVariances());
    for (int i = 0; i < summary.above().size(); i++) {
      EvaluationSummary.LatentUnits layer = summary.above().get(i);
      String number = "_" + (i + 2);
      extra.put("active_units" + number, layer.active());
      extra.put("latent_units" + number, layer.meanVariances().size());
      extra.put("posterior_mean_variances" + number, layer.meanVariances());
    }
    Map<String, Object> outliers = new LinkedHashMap<>();
    summary.outliers().forEach(o -> outliers.put(Long.toString(o.id()), o.logLikelihood()));
    extra.put("least_likely_images", outliers);
    return extra;
  }

  private static EvaluationResult.Annealing annealing(
      Annealed how, EvaluationOutcome outcome, JobSettings settings) {
    boolean canStartCloser = how.start() == Annealed.Start.PRIOR && settings.model().hasEncoder();
    return new EvaluationResult.Annealing(
        how.chains(),
        how.temperatures(),
        outcome.summary().diagnosis().tails().reliable(),
        canStartCloser ? Optional.of("evaluation.estimator.start = encoder") : Optional.empty(),
        outcome
            .bounds()
            .map(
                of ->
                    new EvaluationResult.Sandwich(
                        of.images(), of.lower(), of.upper(), of.gapError())));
  }

  private static EvaluationResult.Sampling sampling(
      EvaluationSummary.Diagnosis diagnosis, JobSettings settings) {
    SortedMap<Integer, Double> curve = new TreeMap<>();
    for (CurvePoint point : diagnosis.curve()) {
      curve.put(point.samples(), point.bound());
    }
    boolean canRefine =
        Refinement.contradiction(settings.model()).isEmpty()
            && settings.evaluation().proposal().refinement().isEmpty();
    Optional<String> annealed =
        AnnealingLimits.ofCodes(settings.model()).isEmpty()
            ? Optional.of("evaluation.estimator.type = annealed")
            : Optional.empty();
    Optional<String> better =
        canRefine ? Optional.of("evaluation.proposal.type = refined") : annealed;
    return new EvaluationResult.Sampling(
        settings.evaluation().samples(), diagnosis.tails().reliable(), curve, better);
  }

  /** Shows images as progress, and those that were done before in a line. */
  private record ConsoleListener(Console console, EvaluationSettings settings)
      implements EvaluationListener {
    @Override
    public void progress(long done, long images) {
      String of =
          settings
              .estimator()
              .annealed()
              .map(how -> Readable.count(how.chains(), "chain"))
              .orElse(String.format(Locale.ROOT, "%,d samples", settings.samples()));
      String stage = "log p(x), " + of + " each";
      console.progress(stage, done, images, "images");
    }

    @Override
    public void found(long found, long images) {
      console.line(
          String.format(Locale.ROOT, "Evaluated already: %,d of %,d images", found, images));
    }
  }
}
