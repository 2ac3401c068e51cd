package org.sparkvae.job.train.worker;

import java.util.ArrayList;
import java.util.List;
import org.sparkvae.job.train.weights.ArrayWeights;

/**
 * Arrays of a worker for a part of the weights of all workers, which it averages. Not thread-safe,
 * but others may read the average.
 */
public final class PartArrays {
  private final ArrayWeights average;
  private final List<ArrayWeights> received = new ArrayList<>();

  PartArrays(ArrayWeights part) {
    average = part.like();
  }

  /** For the average of the part. */
  public ArrayWeights average() {
    return average;
  }

  /** For the part of another worker, from 0. */
  public ArrayWeights received(int number) {
    while (received.size() <= number) {
      received.add(average.like());
    }
    return received.get(number);
  }
}
