package org.sparkvae.job.train.worker;

import java.util.Iterator;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.sparkvae.job.data.images.ImageBlock;
import scala.Tuple2;

/**
 * The ids and codes of the images of one partition, as Spark runs it.
 *
 * @param spec of the worker
 * @param parameters the model's
 */
public record CodesTask(CodesWorkerSpec spec, Broadcast<float[]> parameters)
    implements PairFlatMapFunction<Iterator<ImageBlock>, Long, float[]> {
  @Override
  public Iterator<Tuple2<Long, float[]>> call(Iterator<ImageBlock> partition) {
    ShardImages images = ShardImages.of(partition);
    return Pool.lend(spec, worker -> worker.codes(images, parameters.value())).iterator();
  }
}
