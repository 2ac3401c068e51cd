package org.sparkvae.job.train.rounds;

import java.util.Locale;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkvae.job.compute.ExecutorHeap;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.train.weights.ModelSize;
import org.sparkvae.optimiser.Optimiser;
import org.sparkvae.optimiser.Steps;

/**
 * What a round takes of an executor's Java heap, where its weights travel.
 *
 * <p>With weights of W bytes, an executor holds what it starts from twice, as Spark's blocks and as
 * arrays. Where tasks average among themselves, each holds the common weights and its own, and at
 * most as much again of what it offers and of what it has fetched: 4 W. Where the driver averages,
 * each holds
 *
 * <ul>
 *   <li>its result, W;
 *   <li>the bytes that the result is turned into, W, and what Java's serialisation has made of
 *       them, W, so 3 W at once;
 *   <li>then, of a result that comes with the task's last message, that message's parts, which hold
 *       the serialised result once more in pieces, once in one piece, and up to three times as a
 *       stream that doubles what it has room for; of a larger one, the pieces only.
 * </ul>
 *
 * <p>and the images of its shard. A third more is free in gaps: the collector moves no large array.
 *
 * @param model its size
 * @param weights W, bytes of the vector of training and the optimiser's state
 * @param images bytes of heap of a shard's
 */
public record RoundHeap(ModelSize model, long weights, long images) {
  private static final int START = 2;
  private static final int LEAST = 3;
  static final int AMONG_TASKS = 4;
  static final int DIRECT = 7;
  private static final int INDIRECT = 4;
  private static final double MIB = 1 << 20;

  /** What Spark itself holds, bytes. */
  private static final long SPARKS = 48L << 20;

  /**
   * Of a model under an optimiser.
   *
   * @param besideMoments values of the optimiser's state that are no moments
   * @param images bytes of heap that a shard's images take, which lie on disk where it is 0
   */
  public static RoundHeap of(
      ModelSize model, Optimiser optimiser, long besideMoments, long images) {
    long moments = Steps.stateLength(optimiser, model.values());
    long values = model.values() + moments + besideMoments;
    return new RoundHeap(model, values * Float.BYTES, images);
  }

  /**
   * Refuses what no executor of that heap can hold, before it fails in the first round.
   *
   * @throws SettingsException where the heap is smaller than one task's result as it is serialised
   */
  public void checkFit(ExecutorHeap heap) {
    if (least() > heap.bytes()) {
      throw new SettingsException(line(heap, least(), 1, "takes at least"));
    }
  }

  /**
   * What to do where executors probably run out of heap, in a line; none where they do not.
   *
   * @param spark runs the rounds
   * @param shards that take part in them
   */
  public Optional<String> warning(ExecutorHeap heap, JavaSparkContext spark, int shards) {
    if (PeerRounds.isPossible(spark, shards, weights)) {
      return warning(heap, AMONG_TASKS);
    }
    long mostDirect = spark.getConf().getSizeAsBytes("spark.task.maxDirectResultSize", "1m");
    return warning(heap, weights <= mostDirect ? DIRECT : INDIRECT);
  }

  /**
   * The same.
   *
   * @param times that a task holds the weights
   */
  Optional<String> warning(ExecutorHeap heap, int times) {
    long likely = likely(heap.slots(), times);
    return likely > heap.bytes()
        ? Optional.of(line(heap, likely, heap.slots(), "may take"))
        : Optional.empty();
  }

  /** Bytes without which no executor runs a task. */
  private long least() {
    return LEAST * weights;
  }

  /** Bytes where all of an executor's tasks exchange their weights at once. */
  private long likely(int slots, int times) {
    return (SPARKS + START * weights + slots * (times * weights + images)) / 3 * 4;
  }

  private String line(ExecutorHeap heap, long needed, int tasks, String takes) {
    return String.format(
        Locale.ROOT,
        "%s, %,.0f MiB with the optimiser's state, and a round %s %,.0f MiB of the"
            + " heap of an executor with %s, which has %,.0f: give executors more (--executor-memory %.0fm),"
            + " or make the model smaller",
        model.inWords(),
        weights / MIB,
        takes,
        Math.ceil(needed / MIB),
        tasks == 1 ? "one task at a time" : tasks + " tasks at once",
        heap.bytes() / MIB,
        Math.ceil(needed / MIB));
  }
}
