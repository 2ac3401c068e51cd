package org.sparkvae.imputation;

/** Steps of some chains at a time, each a whole image whose missing values change. */
sealed interface ChainSteps permits GibbsSteps, MetropolisSteps {
  /** How many chains. */
  int chains();

  /** Forgets the chains before: others begin. */
  void begin();

  /**
   * A step that finds the region.
   *
   * @param images [chains][values], whose missing values are drawn anew
   * @param key of the step, from {@link org.sparkvae.noise.Noise#key}
   */
  void pseudoStep(float[][] images, boolean[] missing, long key);

  /** A step; the same otherwise. */
  void step(float[][] images, boolean[] missing, long key);

  /** The means of p(x|z) of the states that the last step's values were drawn of, [values] each. */
  float[][] means();

  /** How many proposals were accepted in steps since the chains began; NaN where there are none. */
  double accepted();
}
