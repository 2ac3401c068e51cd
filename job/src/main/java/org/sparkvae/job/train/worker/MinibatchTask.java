package org.sparkvae.job.train.worker;

import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.Function2;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.job.compute.ComputeNode;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.settings.SettingsException;

/**
 * The minibatches of a shard's epoch as Deeplearning4j data sets: the images, values and order are
 * those of {@link ShardWorker}.
 *
 * @param spec batch, binarisation and seed
 * @param epoch from 1
 */
public record MinibatchTask(WorkerSpec spec, int epoch)
    implements Function2<Integer, Iterator<ImageBlock>, Iterator<DataSet>> {
  @Override
  public Iterator<DataSet> call(Integer shard, Iterator<ImageBlock> partition) {
    requireCpu(ComputeNode.bind());
    ShardImages images = ShardImages.of(partition);
    Minibatches minibatches = new Minibatches(images.size(), spec.batch());
    int[] order = minibatches.order(spec.seed(), epoch, shard);
    return IntStream.range(0, minibatches.count())
        .mapToObj(m -> minibatch(images, order, minibatches.first(m), minibatches.size(m)))
        .iterator();
  }

  /**
   * Refuses a GPU: the tasks that average, and the thread that fetches minibatches ahead of a
   * worker, are Deeplearning4j's own, and offer no place to bind them.
   *
   * @param device what {@link ComputeNode#bind} returned
   * @throws SettingsException where it is a GPU
   */
  static void requireCpu(int device) {
    if (device != ComputeNode.CPU) {
      throw new SettingsException(
          "training.averaging.strategy is dl4j, which binds no task to its GPU, but tasks have GPUs: set the strategy to weighted, or set compute.device to cpu, or hide the GPUs by CUDA_VISIBLE_DEVICES and ask Spark for none");
    }
  }

  private DataSet minibatch(ShardImages images, int[] order, int first, int count) {
    int pixels = spec.model().x().values();
    float[] values = new float[count * pixels];
    for (int i = 0; i < count; i++) {
      images.values(spec.binariser(), order[first + i], epoch, values, i * pixels);
    }
    // The master cuts and joins minibatches, and cannot do so without labels.
    INDArray noLabels = Nd4j.zeros(DataType.FLOAT, count, 1);
    return new DataSet(Nd4j.createFromArray(values).reshape(count, pixels), noLabels);
  }
}
