package org.sparkvae.job.train.worker;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.step.Measures;

/**
 * The sums of a bound over one partition, as Spark runs it.
 *
 * @param spec of the worker
 * @param epoch keys binarisation and noise
 * @param parameters the model's
 */
public record BoundTask(BoundWorkerSpec spec, long epoch, Broadcast<float[]> parameters)
    implements FlatMapFunction<Iterator<ImageBlock>, Measures> {
  @Override
  public Iterator<Measures> call(Iterator<ImageBlock> partition) {
    ShardImages images = ShardImages.of(partition);
    Measures sum = Pool.lend(spec, worker -> worker.sum(images, epoch, parameters.value()));
    return List.of(sum).iterator();
  }
}
