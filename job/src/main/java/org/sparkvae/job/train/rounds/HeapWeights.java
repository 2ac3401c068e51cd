package org.sparkvae.job.train.rounds;

import java.util.List;
import org.sparkvae.job.settings.TrainingSettings.Outer;
import org.sparkvae.job.train.weights.AveragingRule;
import org.sparkvae.job.train.weights.ReadableWeights;
import org.sparkvae.job.train.weights.ShardWeights;
import org.sparkvae.job.train.weights.Weights;
import org.sparkvae.job.train.worker.ShardRound;
import org.sparkvae.job.train.worker.ShardWorker;

/** On the heap, to which workers' weights are read from where they lie. */
final class HeapWeights implements CommonWeights {
  private final List<ShardWorker> workers;
  private final Weights common;
  private final AveragingRule averaging;

  /** Of the workers; read where they lie, until the next round loads the common ones. */
  private final ReadableWeights[] offered;

  HeapWeights(List<ShardWorker> workers, Outer outer, Weights start) {
    this.workers = workers;
    common = start.copy();
    averaging = AveragingRule.of(outer);
    averaging.prepare(common);
    offered = new ReadableWeights[workers.size()];
  }

  @Override
  public void load(int shard) {
    offered[shard] = null;
    workers.get(shard).load(common);
  }

  @Override
  public void offer(int shard) {
    offered[shard] = workers.get(shard).weights();
  }

  @Override
  public boolean average(List<ShardRound.Trained> trained, int part, int parts) {
    List<ShardWeights> results =
        trained.stream()
            .map(result -> new ShardWeights(offered[result.shard()], result.sums().images()))
            .toList();
    averaging.average(results, common, common, part, parts);
    return common.isFinite(part, parts);
  }

  @Override
  public void copy(int shard, Weights to) {
    to.read(offered[shard]);
  }

  @Override
  public Weights end() {
    return common;
  }
}
