package org.sparkvae.job.train.rounds;

import java.util.List;
import org.sparkvae.job.train.weights.ArrayWeights;
import org.sparkvae.job.train.weights.Weights;
import org.sparkvae.job.train.worker.Pool;
import org.sparkvae.job.train.worker.ShardRound;
import org.sparkvae.job.train.worker.ShardWorker;
import org.sparkvae.job.train.worker.SharedArrays;
import org.sparkvae.job.train.worker.WorkerSpec;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.tensor.kernels.VectorMeans;

/** On the device that all workers compute on: nothing comes to the heap before the end. */
final class DeviceWeights implements CommonWeights {
  private final Kernels kernels;
  private final VectorMeans means;
  private final List<ShardWorker> workers;
  private final Weights start;
  private final SharedArrays key;
  private final ArrayWeights common;

  /**
   * On a device.
   *
   * @param kernels of the device
   * @param spec of the workers
   */
  DeviceWeights(
      Kernels kernels,
      VectorMeans means,
      WorkerSpec spec,
      List<ShardWorker> workers,
      Weights start) {
    this.kernels = kernels;
    this.means = means;
    this.workers = workers;
    this.start = start;
    key = new SharedArrays(spec);
    common = Pool.borrow(key);
    common.read(kernels, start);
    common.share(kernels);
  }

  @Override
  public void load(int shard) {
    workers.get(shard).arrays().read(kernels, common);
  }

  @Override
  public void offer(int shard) {
    workers.get(shard).arrays().share(kernels);
  }

  @Override
  public boolean average(List<ShardRound.Trained> trained, int part, int parts) {
    double[] images = trained.stream().mapToDouble(result -> result.sums().images()).toArray();
    ArrayWeights mine = common.part(part, parts);
    mine.average(
        means,
        trained.stream()
            .map(result -> workers.get(result.shard()).arrays().part(part, parts))
            .toList(),
        images);
    // It waits for the device, so that the others may read the part.
    return mine.isFinite(kernels);
  }

  @Override
  public void copy(int shard, Weights to) {
    workers.get(shard).arrays().write(kernels, to);
  }

  @Override
  public Weights end() {
    Weights end = start.like();
    common.write(kernels, end);
    Pool.giveBack(key, common);
    return end;
  }
}
