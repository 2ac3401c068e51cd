package org.sparkvae.job.data.source;

import java.io.Serializable;
import org.sparkvae.job.data.conversion.ImageFacts;

/**
 * What the usable images of a source have in common, as far as they were read.
 *
 * <p>A plain class rather than a record: it is shipped by Spark, whose Kryo cannot write records.
 */
public final class ValueTally implements Serializable {
  public static final ValueTally NOTHING =
      new ValueTally(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, 0, 0, 0);

  private final double least;
  private final double greatest;
  private final long constant;
  private final long resized;
  private final long recoloured;
  private final long transparent;

  private ValueTally(
      double least,
      double greatest,
      long constant,
      long resized,
      long recoloured,
      long transparent) {
    this.least = least;
    this.greatest = greatest;
    this.constant = constant;
    this.resized = resized;
    this.recoloured = recoloured;
    this.transparent = transparent;
  }

  /** The least value of all images, on the scale of the source. */
  public double least() {
    return least;
  }

  /** The greatest value of all images, on the scale of the source. */
  public double greatest() {
    return greatest;
  }

  /** How many images hold a single value each. */
  public long constant() {
    return constant;
  }

  /** How many images had another size. */
  public long resized() {
    return resized;
  }

  /** How many images had another colour. */
  public long recoloured() {
    return recoloured;
  }

  /** How many images could have transparency. */
  public long transparent() {
    return transparent;
  }

  ValueTally plus(ImageFacts image) {
    double low = image.range().least();
    double high = image.range().greatest();
    return plus(
        new ValueTally(
            low,
            high,
            low == high ? 1 : 0,
            image.resized() ? 1 : 0,
            image.recoloured() ? 1 : 0,
            image.transparent() ? 1 : 0));
  }

  public ValueTally plus(ValueTally others) {
    return new ValueTally(
        Math.min(least, others.least),
        Math.max(greatest, others.greatest),
        constant + others.constant,
        resized + others.resized,
        recoloured + others.recoloured,
        transparent + others.transparent);
  }
}
