package org.sparkvae.host;

/** Float32 values in a row that are read in pieces, wherever they lie. */
public interface FloatSource {
  /**
   * Copies some of the values.
   *
   * @param from place of the first
   * @param into array that they are copied to
   * @param at its place for the first
   * @param count how many
   */
  void read(int from, float[] into, int at, int count);

  /** The values of an array, not a copy. */
  static FloatSource of(float[] values) {
    return (from, into, at, count) -> System.arraycopy(values, from, into, at, count);
  }
}
