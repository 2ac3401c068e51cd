package org.sparkvae.job.train.worker;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.noise.Noise;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.vae.LayerStatistics;

/**
 * Sums the moments of a model's layers over the images of a shard, on arrays that it keeps.
 *
 * <p>Not thread-safe: one instance belongs to one task.
 */
final class StatisticsWorker {
  private final StatisticsWorkerSpec spec;
  private final INDArray parameters;
  private final MinibatchImages minibatch;
  private final int count;
  private final Map<Integer, LayerStatistics> bySize = new HashMap<>();

  StatisticsWorker(StatisticsWorkerSpec spec) {
    this.spec = spec;
    parameters = Nd4j.create(DataType.FLOAT, 1, spec.model().parameters());
    count = LayerStatistics.count(spec.model());
    minibatch =
        new MinibatchImages(
            spec.model().x().values(),
            spec.binariser(),
            spec.seed(),
            Noise.Purpose.STATISTICS,
            Kernels.of(parameters));
  }

  /**
   * The sums over all images of a shard, by the minibatches that the epoch trained on: images that
   * lie class by class would make minibatches of another kind.
   *
   * @param shard its number, which keys the order of its images
   * @param epoch keys their order too, binarisation and noise
   */
  double[] sums(int shard, ShardImages images, int epoch, float[] values) {
    Kernels.of(parameters).copyIn(values, parameters);
    images.keep(Kernels.of(parameters));
    Minibatches minibatches = new Minibatches(images.size(), spec.batch());
    int[] order = minibatches.order(spec.seed(), epoch, shard);
    double[] sums = new double[count];
    for (int m = 0; m < minibatches.count(); m++) {
      int size = minibatches.size(m);
      LayerStatistics statistics = bySize.computeIfAbsent(size, this::ofBatch);
      minibatch.take(images, order, minibatches.first(m), size, epoch);
      minibatch.fill(statistics, 0);
      double[] more = statistics.sums();
      for (int i = 0; i < sums.length; i++) {
        sums[i] += more[i];
      }
    }
    return sums;
  }

  private LayerStatistics ofBatch(int size) {
    return new LayerStatistics(spec.model(), size, parameters);
  }
}
