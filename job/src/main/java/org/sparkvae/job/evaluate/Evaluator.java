package org.sparkvae.job.evaluate;

import java.util.List;
import java.util.UUID;
import java.util.function.LongFunction;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.sparkvae.job.data.Binariser;
import org.sparkvae.job.data.ImageBlock;
import org.sparkvae.job.data.ImageSet;
import org.sparkvae.job.settings.EvaluationSettings;
import org.sparkvae.likelihood.LikelihoodSpec;
import org.sparkvae.vae.VaeSpec;

/**
 * The distributed importance-sampling pass: log p(x) ~ L_K = log (1/K) sum_k w_k of every image,
 * with w = p(x|z) p(z) / q(z|x) and z ~ q(z|x) (Burda et al., 2016).
 *
 * <p>Images, and where they are few their sample blocks, are spread over many short tasks; a second
 * stage joins each image's parts and sorts by id. All randomness is keyed by seed, image id and
 * sample number, images are binarised once, as at epoch 0, and blocks are folded alone and joined
 * in order: the result has the same bits however the work was cut up.
 */
public final class Evaluator {
  private static final int IMAGES_PER_PARTITION = 50_000;

  private final JavaSparkContext spark;
  private final EvaluationSettings settings;
  private final Binariser binariser;
  private final long seed;
  private final EvaluationListener listener;

  /**
   * Says how, but not yet what, to evaluate.
   *
   * @param settings samples and block
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
   * <p>Bits per dimension are given for Bernoulli likelihoods of binarised images only: intensities
   * between 0 and 1 have no probability under a Bernoulli, and a Gaussian's density of pixels that
   * were rounded to 256 values is no bound on theirs.
   *
   * @param test the images, each with an id of its own
   * @param parameters the model's flat parameter vector
   * @throws org.sparkvae.job.data.DataException where there are no images, or ids are not unique
   * @throws EvaluationException where an image's weights are all zero, NaN or infinite; it names
   *     the image
   */
  public Evaluation evaluate(ImageSet test, VaeSpec spec, float[] parameters) {
    return evaluate(
        test,
        spec,
        parameters,
        images -> WorkPlan.of(images, spec, settings, spark.defaultParallelism()));
  }

  /** Evaluates with a plan for the number of images. */
  Evaluation evaluate(
      ImageSet test, VaeSpec spec, float[] parameters, LongFunction<WorkPlan> planner) {
    long start = System.nanoTime();
    try {
      spark.setJobDescription("evaluate: image ids");
      ImageIds ids = ImageIds.of(test.blocks());
      WorkPlan plan = planner.apply(ids.count());
      LongAccumulator blocksDone = spark.sc().longAccumulator("sample blocks done");
      Broadcast<float[]> shared = spark.broadcast(parameters);
      ScoreTask task =
          new ScoreTask(
              UUID.randomUUID().toString(), spec, plan, seed, binariser, shared, blocksDone);
      JavaRDD<ImageScore> scores = scores(test.blocks(), ids, plan, task);
      spark.setJobDescription(
          "evaluate: log p(x) of " + ids.count() + " images, " + plan.samples() + " samples each");
      Progress progress = new Progress(listener, blocksDone, plan);
      List<SummaryPart> parts =
          progress.await(
              scores
                  .mapPartitions(part -> List.of(SummaryPart.of(part)).iterator())
                  .collectAsync());
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Evaluation(scores, EvaluationSummary.of(parts, nllToBits(spec), seconds));
    } finally {
      spark.setJobDescription(null);
    }
  }

  private static JavaRDD<ImageScore> scores(
      JavaRDD<ImageBlock> blocks, ImageIds ids, WorkPlan plan, ScoreTask task) {
    long[] offsets = ids.offsets();
    int samples = plan.samples();
    JavaPairRDD<Integer, ImageWork> works =
        blocks
            .mapPartitionsWithIndex(
                (partition, part) -> new WorkIterator(plan, offsets[partition], part), false)
            .mapToPair(work -> work);
    return works
        .partitionBy(new TaskPartitioner(plan.tasks()))
        .mapPartitionsToPair(task)
        .repartitionAndSortWithinPartitions(ids.ranges(IMAGES_PER_PARTITION))
        .mapPartitions(parts -> new JoinIterator(parts, samples));
  }

  private double nllToBits(VaeSpec spec) {
    boolean counts =
        spec.likelihood() instanceof LikelihoodSpec.Bernoulli
            && !(binariser instanceof Binariser.Intensity);
    return counts ? 1 / (spec.pixels() * Math.log(2)) : Double.NaN;
  }
}
