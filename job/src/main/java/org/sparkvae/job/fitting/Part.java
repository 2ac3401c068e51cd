package org.sparkvae.job.fitting;

import java.io.Serializable;
import org.sparkvae.mixture.ExpectedMoments;

/**
 * The moments of a partition's vectors, or of a group of partitions.
 *
 * <p>A plain class: Spark's Kryo cannot write records.
 */
final class Part implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int number;
  private final ExpectedMoments moments;

  Part(int number, ExpectedMoments moments) {
    this.number = number;
    this.moments = moments;
  }

  int number() {
    return number;
  }

  ExpectedMoments moments() {
    return moments;
  }
}
