package org.sparkvae.job.evaluate;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkvae.annealing.AnnealedWeights;
import org.sparkvae.annealing.Bidirectional;
import org.sparkvae.evaluation.Annealed;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.evaluate.scoring.EvaluationException;
import org.sparkvae.job.evaluate.scoring.ImageIds;
import org.sparkvae.job.evaluate.scoring.ImageScore;
import org.sparkvae.job.evaluate.scoring.ImageScores;
import org.sparkvae.job.evaluate.scoring.SampleKeys;
import org.sparkvae.job.evaluate.scoring.ScoreTask;
import org.sparkvae.job.evaluate.scoring.SetWithIds;
import org.sparkvae.job.evaluate.scoring.SharedModel;
import org.sparkvae.job.evaluate.scoring.WorkPlan;
import org.sparkvae.job.evaluate.summary.EvaluationSummary;
import org.sparkvae.job.evaluate.summary.SummaryPart;
import org.sparkvae.job.scheduling.WorkDone;
import org.sparkvae.job.settings.EvaluationSettings;
import org.sparkvae.vae.ImageModel;

/**
 * The distributed pass that estimates log p(x) of every image: by importance sampling, log p(x) ~
 * L_K = log (1/K) sum_k w_k with w = p(x|z) p(z) / q(z|x) and z ~ q(z|x) (Burda et al., 2016), q
 * being the encoder's posterior or a better proposal; or by annealed chains, whose weights w have
 * the mean p(x) as well.
 *
 * <p>Images, and where they are few their sample blocks, are spread over many short tasks; a second
 * stage joins each image's parts and sorts by id. All randomness is keyed by seed, image id and
 * sample number, images are binarised once, as at epoch 0, and blocks are folded alone and joined
 * in order: the result has the same bits however the work was cut up.
 */
public final class Evaluator {
  /** As the job's jar says; "null" outside of a jar. */
  private static final String VERSION =
      String.valueOf(Evaluator.class.getPackage().getImplementationVersion());

  private final JavaSparkContext spark;
  private final EvaluationSettings settings;
  private final Binariser binariser;
  private final long seed;
  private final EvaluationListener listener;

  /**
   * Says how, but not yet what, to evaluate.
   *
   * @param settings the estimator, the proposal, samples, block and stream
   * @param binariser as in training
   * @param seed of the posterior samples, the run's
   * @param listener hears of progress, on the calling thread
   */
  public Evaluator(
      JavaSparkContext spark,
      EvaluationSettings settings,
      Binariser binariser,
      long seed,
      EvaluationListener listener) {
    this.spark = spark;
    this.settings = settings;
    this.binariser = binariser;
    this.seed = seed;
    this.listener = listener;
  }

  /**
   * Evaluates a model on all images of a set.
   *
   * @param test the images, each with an id of its own
   * @param parameters the model's flat parameter vector
   * @throws org.sparkvae.job.data.faults.DataException where there are no images, or ids are not
   *     unique
   * @throws EvaluationException where an image's weights are all zero, NaN or infinite; it names
   *     the image
   */
  Evaluation evaluate(ImageSet test, ImageModel spec, float[] parameters) {
    return score(test, share(spec, parameters), Portion.whole(ids(test)));
  }

  /** Evaluates with a plan for the number of images. */
  Evaluation evaluate(
      ImageSet test, ImageModel spec, float[] parameters, LongFunction<WorkPlan> planner) {
    Portion whole = Portion.whole(ids(test));
    return score(test, share(spec, parameters), whole, planner.apply(whole.all()));
  }

  /**
   * Reads the ids of all images.
   *
   * @throws org.sparkvae.job.data.faults.DataException where there are no images, or ids are not
   *     unique
   */
  ImageIds ids(ImageSet test) {
    return ids(new SetWithIds(test));
  }

  /** The same, where they may have been read. */
  ImageIds ids(SetWithIds test) {
    return test.ids("evaluate");
  }

  /** Sends a model to the executors. */
  SharedModel share(ImageModel spec, float[] parameters) {
    return new SharedModel(UUID.randomUUID().toString(), spec, spark.broadcast(parameters));
  }

  /** What the scores of these images by a model are a function of. */
  String fingerprint(ImageIds ids, ImageModel spec, float[] parameters) {
    return Fingerprint.of(VERSION, ids, spec, parameters, settings, binariser, seed);
  }

  /** How it estimates log p(x), in words. */
  String estimate() {
    return EstimateInWords.of(settings);
  }

  /** Into how many slices to cut the evaluation of so many images. */
  int slices(Slicing slicing, long images, ImageModel spec) {
    return slicing.slices(images, spec, settings);
  }

  /** Tells the listener of scores that were there already. */
  void tellFound(long found, long all) {
    if (found > 0) {
      listener.found(found, all);
    }
  }

  /**
   * Scores some images.
   *
   * @throws EvaluationException where an image's weights are all zero, NaN or infinite; it names
   *     the image
   */
  Evaluation score(ImageSet test, SharedModel model, Portion portion) {
    int slots = spark.defaultParallelism();
    WorkPlan plan = WorkPlan.of(portion.ids().count(), model.spec(), settings, slots);
    return score(test, model, portion, plan);
  }

  /** Bounds log p(x) of simulated images from both sides, where the settings ask for some. */
  Optional<BidirectionalBounds> bounds(ImageModel spec, float[] parameters) {
    return settings
        .estimator()
        .annealed()
        .filter(how -> how.simulated() > 0)
        .map(how -> bounds(how, share(spec, parameters)));
  }

  private BidirectionalBounds bounds(Annealed how, SharedModel model) {
    WorkPlan plan = WorkPlan.of(how.simulated(), model.spec(), settings, 1);
    int together = Math.max(1, AnnealedWeights.together(how, plan.block()) / plan.blocks());
    List<Integer> firsts =
        IntStream.range(0, (how.simulated() - 1) / together + 1)
            .mapToObj(task -> task * together)
            .toList();
    spark.setJobDescription(
        "evaluate: bounds of log p(x) of " + how.simulated() + " simulated images");
    try {
      return BidirectionalBounds.of(
          spark
              .parallelize(firsts, firsts.size())
              .map(new SimulationTask(model, how, seed, plan.block(), together))
              .collect()
              .stream()
              .flatMap(Arrays::stream)
              .map(of -> new Bidirectional.Bounds(of[0], of[1]))
              .toList());
    } finally {
      spark.setJobDescription(null);
    }
  }

  private Evaluation score(ImageSet test, SharedModel model, Portion portion, WorkPlan plan) {
    long start = System.nanoTime();
    WorkDone blocksDone = new WorkDone();
    spark.sc().register(blocksDone, "sample blocks done");
    SampleKeys keys = new SampleKeys(seed, settings.stream());
    ScoreTask task = new ScoreTask(model, settings, plan, keys, binariser, blocksDone);
    JavaRDD<ImageScore> scores = ImageScores.computed(test, portion.ids(), plan, task);
    ScoringProgress progress =
        new ScoringProgress(listener, blocksDone, plan, portion.before(), portion.all());
    spark.setJobDescription(
        String.format(
            Locale.ROOT,
            "evaluate: log p(x) of %d images, %d %s each",
            plan.images(),
            plan.samples(),
            settings.estimator().annealed().isPresent() ? "chains" : "samples"));
    try {
      List<SummaryPart> parts = progress.await(parts(scores).collectAsync());
      ScoringSpeed speed = new ScoringSpeed(plan.images(), (System.nanoTime() - start) / 1e9);
      return new Evaluation(scores, summary(parts, model.spec()), speed);
    } finally {
      spark.setJobDescription(null);
    }
  }

  /**
   * The outcome of scores that were computed before: the bits are those of an evaluation of all
   * images at once.
   *
   * @param scores of all images, in any order
   * @throws IOException where there are not as many scores as images
   */
  Evaluation join(JavaRDD<ImageScore> scores, ImageIds ids, ImageModel spec) throws IOException {
    JavaRDD<ImageScore> sorted = ImageScores.sorted(scores, ids);
    spark.setJobDescription("evaluate: sum up " + ids.count() + " images");
    try {
      EvaluationSummary summary = summary(parts(sorted).collect(), spec);
      if (summary.images() != ids.count()) {
        throw new IOException("%d of %d rows came".formatted(summary.images(), ids.count()));
      }
      return new Evaluation(sorted, summary, ScoringSpeed.NONE);
    } finally {
      spark.setJobDescription(null);
    }
  }

  private static JavaRDD<SummaryPart> parts(JavaRDD<ImageScore> sorted) {
    return sorted.mapPartitions(part -> List.of(SummaryPart.of(part)).iterator());
  }

  /**
   * Bits per dimension are given where images have a probability: intensities between 0 and 1 have
   * none under a likelihood of bits, and a density of pixels that were rounded to 256 values is no
   * bound on theirs.
   */
  private EvaluationSummary summary(List<SummaryPart> parts, ImageModel spec) {
    boolean counts =
        switch (spec.model().support()) {
          case BITS -> !(binariser instanceof Binariser.Intensity);
          case LEVELS -> true;
          case INTENSITIES -> false;
        };
    return EvaluationSummary.of(parts, counts ? 1 / (spec.x().values() * Math.log(2)) : Double.NaN);
  }
}
