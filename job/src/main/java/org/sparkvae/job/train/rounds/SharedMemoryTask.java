package org.sparkvae.job.train.rounds;

import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.api.java.function.Function2;
import org.nd4j.linalg.dataset.DataSet;

/**
 * A shard's part in all rounds of an epoch, as Spark runs it in the driver's JVM.
 *
 * @param epoch the key of the epoch it takes part in
 */
record SharedMemoryTask(long epoch)
    implements Function2<Integer, Iterator<DataSet>, Iterator<Void>> {
  @Override
  public Iterator<Void> call(Integer shard, Iterator<DataSet> partition) {
    SharedMemoryEpoch.of(epoch).attend(shard, partition);
    return Collections.emptyIterator();
  }
}
