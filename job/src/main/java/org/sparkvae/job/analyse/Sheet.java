package org.sparkvae.job.analyse;

/** What an analysis can have drawn, under its name; from plain numbers. */
public interface Sheet {
  /**
   * The two gaps between log p(x) and the bound, image by image.
   *
   * @param logLikelihood log p(x), [n], nats
   * @param approximation to the bound of the best posterior, [n], nats
   * @param amortisation from there to the bound of the encoder's posterior, [n], nats
   */
  void gaps(double[] logLikelihood, double[] approximation, double[] amortisation);
}
