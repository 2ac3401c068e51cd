package org.sparkvae.job.evaluate.scoring;

import java.io.Serializable;
import org.sparkvae.annealing.AnnealedWeights;
import org.sparkvae.evaluation.Annealed;
import org.sparkvae.job.settings.EvaluationSettings;
import org.sparkvae.vae.ImageModel;

/**
 * How the images and their sample blocks are cut into tasks: into groups of images, and where the
 * images are few, each image's blocks into chunks. It decides who computes what, never what comes
 * out.
 *
 * @param images how many, at least 1
 * @param samples K, or chains, per image
 * @param block samples, or chains, folded together
 * @param groups of images, 1 .. images
 * @param chunks of consecutive blocks that each image is cut into, 1 .. {@link #blocks()}
 */
public record WorkPlan(long images, int samples, int block, int groups, int chunks)
    implements Serializable {
  /** About half a second of a CPU core: a stage's last tasks leave few slots idle for long. */
  public static final double LARGE_TASK = 3e10;

  /** Below some ten milliseconds a task costs more to schedule than to run. */
  private static final double SMALL_TASK = 1e9;

  /** More chains of an image are not computed together: images fill the rows as well. */
  private static final int MOST_CHAINS = 64;

  private static final int TASKS_PER_SLOT = 8;
  private static final int MOST_TASKS = 20_000;

  public WorkPlan {
    if (groups < 1 || groups > images || chunks < 1 || chunks > blocks(samples, block)) {
      throw new IllegalArgumentException(
          groups + " groups and " + chunks + " chunks of " + images + " images");
    }
  }

  /**
   * Tasks of about half a second, and several for each slot where they are worth their scheduling.
   *
   * @param slots tasks that run at a time
   */
  public static WorkPlan of(long images, ImageModel spec, EvaluationSettings settings, int slots) {
    double work = operations(images, spec, settings);
    double wanted =
        Math.max(work / LARGE_TASK, Math.min(TASKS_PER_SLOT * slots, work / SMALL_TASK));
    double most = Math.min(wanted, MOST_TASKS);
    return settings
        .estimator()
        .annealed()
        .map(how -> annealed(images, how, settings.block(), most))
        .orElseGet(() -> sampled(images, settings, most));
  }

  /** No more tasks than there are passes of chains that run together. */
  private static WorkPlan annealed(long images, Annealed how, int block, double most) {
    int together = Math.min(Math.min(block, MOST_CHAINS), how.chains());
    int blocks = blocks(how.chains(), together);
    double passes = Math.ceil((double) images * blocks / AnnealedWeights.together(how, together));
    return of(images, how.chains(), together, Math.min(most, passes), blocks);
  }

  /** Each chunk of an image finds its proposal, which is to take no more than the samples do. */
  private static WorkPlan sampled(long images, EvaluationSettings settings, double most) {
    int block = Math.min(settings.block(), settings.samples());
    double least = Math.max(block, settings.proposal().samplesWorth());
    long chunks = (long) (blocks(settings.samples(), block) * (block / least));
    return of(images, settings.samples(), block, most, Math.max(1, chunks));
  }

  private static WorkPlan of(long images, int samples, int block, double most, long mostChunks) {
    long tasks = Math.max(1, (long) Math.ceil(most));
    return new WorkPlan(
        images,
        samples,
        block,
        (int) Math.min(images, tasks),
        (int) Math.min(mostChunks, (tasks + images - 1) / images));
  }

  /** Floating-point operations that scoring images takes, about. */
  public static double operations(long images, ImageModel spec, EvaluationSettings settings) {
    double chains =
        settings.estimator().annealed().map(how -> AnnealedWeights.flops(spec, how)).orElse(0.0);
    double samples =
        settings.estimator().annealed().isPresent()
            ? AnnealedScorer.samplesOfElbo(settings)
            : settings.samples() + settings.proposal().samplesWorth();
    return images * (chains + samples * spec.flopsOfASample());
  }

  private static int blocks(int samples, int block) {
    return Math.toIntExact(((long) samples + block - 1) / block);
  }

  /** Sample blocks per image; the last is shorter where {@code block} does not divide K. */
  public int blocks() {
    return blocks(samples, block);
  }

  int tasks() {
    return Math.multiplyExact(groups, chunks);
  }

  /** The task that computes a chunk of the image at a position, 0 .. images - 1. */
  int task(long position, int chunk) {
    int group = (int) (position * groups / images);
    return group * chunks + chunk;
  }

  /** A chunk's first block; that of chunk {@code chunks} is the number of blocks. */
  int firstBlock(int chunk) {
    return (int) ((long) chunk * blocks() / chunks);
  }

  /** A block's first sample. */
  long firstSample(int number) {
    return (long) number * block;
  }

  /** Samples in a block. */
  int samplesIn(int number) {
    return (int) Math.min(block, samples - firstSample(number));
  }
}
