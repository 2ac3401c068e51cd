package org.sparkvae.job.evaluate.summary;

import java.io.Serializable;
import java.util.Comparator;

/** An image that the model finds improbable. A plain class: Spark's Kryo cannot write records. */
public final class Outlier implements Serializable {
  private static final long serialVersionUID = 1L;

  static final Comparator<Outlier> LOWEST_FIRST =
      Comparator.comparingDouble(Outlier::logLikelihood).thenComparingLong(Outlier::id);

  private final long id;
  private final double logLikelihood;

  Outlier(long id, double logLikelihood) {
    this.id = id;
    this.logLikelihood = logLikelihood;
  }

  /** The image's id. */
  public long id() {
    return id;
  }

  /** The estimate of its log p(x), nats. */
  public double logLikelihood() {
    return logLikelihood;
  }
}
