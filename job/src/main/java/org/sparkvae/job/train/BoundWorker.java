package org.sparkvae.job.train;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.vae.ObjectiveSpec;
import org.sparkvae.vae.ObjectiveValue;

/**
 * Sums a bound over the images of a shard, on arrays that it keeps.
 *
 * <p>Not thread-safe: one instance belongs to one task.
 */
final class BoundWorker {
  private final BoundWorkerSpec spec;
  private final INDArray parameters;
  private final Objectives objectives;

  BoundWorker(BoundWorkerSpec spec) {
    this.spec = spec;
    parameters = Nd4j.create(DataType.FLOAT, 1, spec.model().parameters());
    objectives =
        new Objectives(
            spec.model(),
            new ObjectiveSpec(spec.bound(), 1, 0),
            spec.binariser(),
            spec.seed(),
            parameters,
            null);
  }

  /**
   * The sums over all images of a shard, in their order.
   *
   * @param epoch keys binarisation and noise
   */
  ObjectiveValue sum(ShardImages images, long epoch, float[] values) {
    Kernels.of(parameters).copyIn(values, parameters);
    Minibatches minibatches = new Minibatches(images.size(), spec.batch());
    int[] order = IntStream.range(0, images.size()).toArray();
    ObjectiveValue sum = ObjectiveValue.ZERO;
    for (int m = 0; m < minibatches.count(); m++) {
      sum =
          sum.plus(
              objectives
                  .on(
                      images,
                      order,
                      minibatches.first(m),
                      minibatches.size(m),
                      spec.purpose(),
                      epoch)
                  .value(1));
    }
    return sum;
  }
}
