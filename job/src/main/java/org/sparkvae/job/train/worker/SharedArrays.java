package org.sparkvae.job.train.worker;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.job.train.weights.ArrayWeights;

/**
 * Arrays for weights that workers of one device share, which {@link Pool} keeps from epoch to
 * epoch.
 *
 * @param spec of the workers
 */
public record SharedArrays(WorkerSpec spec) implements Pool.Key<ArrayWeights> {
  @Override
  public ArrayWeights create() {
    long stateLength = spec.stateLength();
    return ArrayWeights.of(
        vector(spec.task().layout().length()), stateLength == 0 ? null : vector(stateLength));
  }

  private static INDArray vector(long length) {
    return Nd4j.create(DataType.FLOAT, 1, length);
  }
}
