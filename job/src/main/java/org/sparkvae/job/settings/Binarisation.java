package org.sparkvae.job.settings;

/** How pixel intensities become the values the model sees. */
public enum Binarisation {
  /** Drawn from the intensities anew at every use. */
  DYNAMIC,
  /** Drawn from the intensities once. */
  STATIC,
  /** 1 from a threshold on, else 0. */
  THRESHOLD,
  /** Intensities as they are, in [0, 1]. */
  NONE
}
