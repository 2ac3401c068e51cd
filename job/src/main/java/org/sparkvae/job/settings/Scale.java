package org.sparkvae.job.settings;

/** The range of the values in a source, of which 256 levels are kept. */
public enum Scale {
  /** Bytes, or numbers like them. */
  BYTES("0..255", 0, 255),
  /** Fractions of white. */
  UNIT("0..1", 0, 1),
  /** From black to white around 0. */
  SYMMETRIC("-1..1", -1, 1);

  private final String text;
  private final double least;
  private final double most;

  Scale(String text, double least, double most) {
    this.text = text;
    this.least = least;
    this.most = most;
  }

  /** Black. */
  public double least() {
    return least;
  }

  /** White. */
  public double most() {
    return most;
  }

  /** As settings say it. */
  @Override
  public String toString() {
    return text;
  }
}
