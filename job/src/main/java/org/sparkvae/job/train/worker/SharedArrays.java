package org.sparkvae.job.train.worker;

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
    return ArrayWeights.of(spec.vector(), spec.state());
  }
}
