package org.sparkvae.job.evaluate;

import java.util.List;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.annealing.Bidirectional;
import org.sparkvae.evaluation.Annealed;
import org.sparkvae.job.compute.ComputeNode;
import org.sparkvae.job.evaluate.scoring.SharedModel;
import org.sparkvae.vae.ImageModel;

/** A task on an executor: bounds log p(x) of consecutive simulated images. */
final class SimulationTask implements Function<Integer, double[][]> {
  private static final long serialVersionUID = 1L;

  private final ImageModel spec;
  private final Broadcast<float[]> parameters;
  private final Annealed how;
  private final long seed;
  private final int block;
  private final int together;

  /**
   * A task.
   *
   * @param block chains computed together
   * @param together images of a task
   */
  SimulationTask(SharedModel model, Annealed how, long seed, int block, int together) {
    this.spec = model.spec();
    this.parameters = model.parameters();
    this.how = how;
    this.seed = seed;
    this.block = block;
    this.together = together;
  }

  /**
   * Lower and upper bound of each image, [images][2].
   *
   * @param first number of the first
   */
  @Override
  public double[][] call(Integer first) {
    ComputeNode.bind();
    var parameterVector = Nd4j.createFromArray(parameters.value());
    int images = Math.min(together, how.simulated() - first);
    List<Bidirectional.Bounds> bounds =
        new Bidirectional(spec, parameterVector, how, seed, block).bounds(first, images);
    return bounds.stream()
        .map(of -> new double[] {of.lower(), of.upper()})
        .toArray(double[][]::new);
  }
}
