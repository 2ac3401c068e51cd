package org.sparkvae.likelihood;

/** What pixels a likelihood is one of. */
public enum Support {
  /** Bits, 0 or 1: log p(x) is of a probability. */
  BITS,
  /** The 256 levels 0, 1/255, ..., 1: log p(x) is of a probability. */
  LEVELS,
  /** Intensities in [0, 1]: log p(x) is of a density, and bits per dimension mean nothing. */
  INTENSITIES
}
