package org.sparkvae.job.train.worker;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.sparkvae.job.data.images.ImageBlock;

/**
 * The sums of moments over one partition, as Spark runs it.
 *
 * @param spec of the worker
 * @param epoch keys the order of the images, binarisation and noise
 * @param parameters the model's
 */
public record StatisticsTask(StatisticsWorkerSpec spec, int epoch, Broadcast<float[]> parameters)
    implements Function2<Integer, Iterator<ImageBlock>, Iterator<double[]>> {
  @Override
  public Iterator<double[]> call(Integer shard, Iterator<ImageBlock> partition) {
    ShardImages images = ShardImages.of(partition);
    double[] sums =
        Pool.lend(spec, worker -> worker.sums(shard, images, epoch, parameters.value()));
    return List.of(sums).iterator();
  }
}
