package org.sparkvae.job.evaluate.scoring;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.job.compute.ComputeNode;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.LogWeights;

/**
 * An executor's {@link LogWeights} on one GPU, or the CPU, each with buffers of its own and all on
 * one copy of the parameters; kept from task to task of one evaluation. Thread-safe.
 */
final class LogWeightsPool {
  private static final Map<Integer, LogWeightsPool> CURRENT = new HashMap<>();

  private final String evaluation;
  private final ImageModel spec;
  private final int block;
  private final INDArray parameters;
  private final ConcurrentLinkedQueue<LogWeights> idle = new ConcurrentLinkedQueue<>();

  private LogWeightsPool(String evaluation, ImageModel spec, float[] parameters, int block) {
    this.evaluation = evaluation;
    this.spec = spec;
    this.block = block;
    this.parameters = Nd4j.createFromArray(parameters);
  }

  /**
   * This JVM's pool for an evaluation and the running task's GPU; that of another evaluation is let
   * go.
   *
   * @param evaluation a name that no other evaluation has
   */
  static synchronized LogWeightsPool of(
      String evaluation, ImageModel spec, float[] parameters, int block) {
    int device = ComputeNode.bind();
    LogWeightsPool current = CURRENT.get(device);
    if (current == null || !current.evaluation.equals(evaluation)) {
      current = new LogWeightsPool(evaluation, spec, parameters, block);
      CURRENT.put(device, current);
    }
    return current;
  }

  /** One that nobody else uses until it is given back. */
  LogWeights borrow() {
    LogWeights weights = idle.poll();
    return weights != null ? weights : new LogWeights(spec, parameters, block);
  }

  /** Gives one back; not to be called after a failure inside it. */
  void giveBack(LogWeights weights) {
    idle.add(weights);
  }
}
