package org.sparkvae.job.train.worker;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.step.Measures;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;

/**
 * Sums a bound over the images of a shard, on arrays that it keeps.
 *
 * <p>Not thread-safe: one instance belongs to one task.
 */
final class BoundWorker {
  private final BoundWorkerSpec spec;
  private final INDArray parameters;
  private final MinibatchImages minibatch;
  private final Map<Integer, Objective> bySize = new HashMap<>();

  BoundWorker(BoundWorkerSpec spec) {
    this.spec = spec;
    parameters = Nd4j.create(DataType.FLOAT, 1, spec.model().parameters());
    minibatch =
        new MinibatchImages(
            spec.model().x().values(),
            spec.binariser(),
            spec.seed(),
            spec.purpose(),
            Kernels.of(parameters));
  }

  /**
   * The sums over all images of a shard, in their order.
   *
   * @param epoch keys binarisation and noise
   */
  Measures sum(ShardImages images, long epoch, float[] values) {
    Kernels.of(parameters).copyIn(values, parameters);
    images.keep(Kernels.of(parameters));
    Minibatches minibatches = new Minibatches(images.size(), spec.batch());
    int[] order = IntStream.range(0, images.size()).toArray();
    Measures sum = Measures.NONE;
    for (int m = 0; m < minibatches.count(); m++) {
      int size = minibatches.size(m);
      Objective objective = bySize.computeIfAbsent(size, this::objective);
      minibatch.take(images, order, minibatches.first(m), size, epoch);
      minibatch.fill(objective, 0);
      sum = sum.plus(objective.value(StepSettings.NONE));
    }
    return sum;
  }

  private Objective objective(int size) {
    return new Objective(
        spec.model(), new ObjectiveSpec(spec.bound(), 1, 0), size, parameters, null);
  }
}
