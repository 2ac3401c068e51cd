package org.sparkvae.job.train.worker;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.nd4j.linalg.dataset.DataSet;
import org.sparkvae.job.train.weights.Weights;

/**
 * A round on one partition, as Spark runs it.
 *
 * @param spec of the worker
 * @param round what to do
 * @param start parameters and optimiser state
 */
public record RoundTask(WorkerSpec spec, Round round, Broadcast<Weights> start)
    implements Function2<Integer, Iterator<DataSet>, Iterator<ShardRound>> {
  @Override
  public Iterator<ShardRound> call(Integer shard, Iterator<DataSet> partition) {
    ShardImages images = ShardImages.packed(partition);
    Weights weights = start.value();
    ShardRound result =
        Pool.lend(spec, worker -> worker.train(shard, images, round, weights, weights.like()));
    return List.of(result).iterator();
  }
}
