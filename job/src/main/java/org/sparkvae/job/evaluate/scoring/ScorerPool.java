package org.sparkvae.job.evaluate.scoring;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.job.compute.ComputeNode;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * An executor's scorers on one GPU, or the CPU, each with buffers of its own and all on one copy of
 * the parameters; kept from task to task of one evaluation. Thread-safe.
 */
final class ScorerPool {
  private static final Map<Integer, ScorerPool> CURRENT = new HashMap<>();

  private final String evaluation;
  private final INDArray parameters;
  private final ConcurrentLinkedQueue<Scorer> idle = new ConcurrentLinkedQueue<>();

  private ScorerPool(String evaluation, float[] parameters) {
    this.evaluation = evaluation;
    this.parameters = Nd4j.createFromArray(parameters);
    Kernels.of(this.parameters).share(this.parameters);
  }

  /**
   * This JVM's pool for an evaluation and the running task's GPU; that of another evaluation is let
   * go.
   *
   * @param evaluation a name that no other evaluation has
   */
  static synchronized ScorerPool of(String evaluation, float[] parameters) {
    int device = ComputeNode.bind();
    ScorerPool current = CURRENT.get(device);
    if (current == null || !current.evaluation.equals(evaluation)) {
      current = new ScorerPool(evaluation, parameters);
      CURRENT.put(device, current);
    }
    return current;
  }

  /**
   * One that nobody else uses until it is given back.
   *
   * @param build makes one on the parameters, where none is idle
   */
  Scorer borrow(Function<INDArray, Scorer> build) {
    Scorer scorer = idle.poll();
    return scorer != null ? scorer : build.apply(parameters);
  }

  /** Gives one back; not to be called after a failure inside it. */
  void giveBack(Scorer scorer) {
    ComputeNode.finish();
    idle.add(scorer);
  }
}
