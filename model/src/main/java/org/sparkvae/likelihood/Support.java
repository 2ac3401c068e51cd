package org.sparkvae.likelihood;

/** What pixels a likelihood is one of. */
public enum Support {
  /** Bits, 0 or 1: log p(x) is of a probability. */
  BITS(2),
  /** The 256 levels 0, 1/255, ..., 1: log p(x) is of a probability. */
  LEVELS(256),
  /** Intensities in [0, 1]: log p(x) is of a density, and bits per dimension mean nothing. */
  INTENSITIES(0);

  private final int levels;

  Support(int levels) {
    this.levels = levels;
  }

  /** How many values a pixel may have; 0 of intensities, which are not counted. */
  public int levels() {
    return levels;
  }
}
