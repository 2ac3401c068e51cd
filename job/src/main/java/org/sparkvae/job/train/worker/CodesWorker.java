package org.sparkvae.job.train.worker;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.codec.ImageCode;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.tensor.kernels.Kernels;
import scala.Tuple2;

/**
 * Encodes the images of a shard one by one, on arrays that it keeps: a code has the same bits in
 * whichever shard its image lies.
 *
 * <p>Not thread-safe: one instance belongs to one task.
 */
final class CodesWorker {
  private final CodesWorkerSpec spec;
  private final INDArray parameters;
  private final ImageCode code;
  private final ImageBlock single;
  private final float[] values;

  CodesWorker(CodesWorkerSpec spec) {
    this.spec = spec;
    parameters = Nd4j.create(DataType.FLOAT, 1, spec.model().parameters());
    code = new ImageCode(spec.model(), parameters);
    values = new float[spec.model().x().values()];
    single = ImageBlock.ofSize(1, values.length);
  }

  /** The id and the code of each image of a shard, with pixels as in epoch 0. */
  List<Tuple2<Long, float[]>> codes(ShardImages images, float[] ofModel) {
    Kernels.of(parameters).copyIn(ofModel, parameters);
    List<Tuple2<Long, float[]>> codes = new ArrayList<>(images.size());
    for (int i = 0; i < images.size(); i++) {
      images.copy(i, single, 0);
      spec.binariser().write(single, 0, 0, values, 0);
      codes.add(new Tuple2<>(single.ids()[0], code.of(values)));
    }
    return codes;
  }
}
