package org.sparkvae.job.train.worker;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.sparkvae.job.data.images.ImageBlock;

/**
 * The sums of moments over one partition, as Spark runs it.
 *
 * @param spec of the worker
 * @param epoch keys binarisation and noise
 * @param parameters the model's
 */
public record StatisticsTask(StatisticsWorkerSpec spec, long epoch, Broadcast<float[]> parameters)
    implements FlatMapFunction<Iterator<ImageBlock>, double[]> {
  @Override
  public Iterator<double[]> call(Iterator<ImageBlock> partition) {
    ShardImages images = ShardImages.of(partition);
    StatisticsWorker worker = Pool.borrow(spec);
    try {
      return List.of(worker.sums(images, epoch, parameters.value())).iterator();
    } finally {
      Pool.giveBack(spec, worker);
    }
  }
}
