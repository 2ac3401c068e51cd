package org.sparkvae.job.train.rounds;

import java.util.ArrayList;
import java.util.List;
import org.sparkvae.job.train.weights.ArrayWeights;
import org.sparkvae.job.train.weights.Weights;
import org.sparkvae.job.train.worker.PartArrays;
import org.sparkvae.job.train.worker.ShardRound;
import org.sparkvae.job.train.worker.ShardWorker;
import org.sparkvae.tensor.kernels.VectorMeans;

/**
 * On the devices that the workers compute on: nothing comes to the heap before the end. Each worker
 * averages a part on its own device, to which those of workers on other devices are brought.
 */
final class DeviceWeights implements CommonWeights {
  private final List<ShardWorker> workers;
  private final Weights start;

  /**
   * The parts of the workers' arrays, [shards, parts]: a part takes longer to name than to copy.
   */
  private final ArrayWeights[][] own;

  /** Of the parts, in their order; null before the first round. */
  private final ArrayWeights[] averages;

  /**
   * Weights of workers that have taken no step.
   *
   * @param workers of the shards, whose kernels have {@link VectorMeans}
   * @param start of the first round
   */
  DeviceWeights(List<ShardWorker> workers, Weights start) {
    this.workers = workers;
    this.start = start;
    int parts = workers.size();
    averages = new ArrayWeights[parts];
    own = new ArrayWeights[parts][parts];
    for (int shard = 0; shard < parts; shard++) {
      for (int part = 0; part < parts; part++) {
        own[shard][part] = arrays(shard).part(part, parts);
      }
    }
  }

  private VectorMeans means(int shard) {
    return workers.get(shard).kernels().vectorMeans().orElseThrow();
  }

  private ArrayWeights arrays(int shard) {
    return workers.get(shard).arrays();
  }

  @Override
  public void load(int shard) {
    if (averages[0] == null) {
      workers.get(shard).load(start);
      return;
    }
    for (int part = 0; part < averages.length; part++) {
      own[shard][part].read(means(shard), averages[part], means(part));
    }
  }

  @Override
  public void offer(int shard) {
    arrays(shard).share(workers.get(shard).kernels());
  }

  @Override
  public boolean average(List<ShardRound.Trained> trained, int part, int parts) {
    ShardWorker worker = workers.get(part);
    PartArrays mine = worker.part(parts);
    double[] images = trained.stream().mapToDouble(result -> result.sums().images()).toArray();
    List<ArrayWeights> all = new ArrayList<>();
    int received = 0;
    for (ShardRound.Trained result : trained) {
      int shard = result.shard();
      ArrayWeights theirs = own[shard][part];
      if (workers.get(shard).kernels() != worker.kernels()) {
        ArrayWeights here = mine.received(received++, part);
        here.read(means(part), theirs, means(shard));
        theirs = here;
      }
      all.add(theirs);
    }
    averages[part] = mine.average(part);
    averages[part].average(means(part), all, images);
    // It waits for the device, so that the others may read the part.
    return averages[part].isFinite(worker.kernels());
  }

  @Override
  public void copy(int shard, Weights to) {
    arrays(shard).write(workers.get(shard).kernels(), to);
  }

  @Override
  public Weights end() {
    if (averages[0] == null) {
      return start.copy();
    }
    Weights end = start.like();
    for (int part = 0; part < averages.length; part++) {
      averages[part].writePart(workers.get(part).kernels(), end, part, averages.length);
    }
    return end;
  }
}
