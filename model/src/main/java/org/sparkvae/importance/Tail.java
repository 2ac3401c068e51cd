package org.sparkvae.importance;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The largest log-weights of some of an image's K samples: the M that a tail is fitted to, M =
 * ceil(min(K / 5, 3 sqrt K)) (Vehtari et al., 2024, section 3), and the one after them, its
 * threshold.
 *
 * <p>They are the same numbers whatever the order of the samples and however these are cut into
 * parts. Weights of zero are left out.
 *
 * <p>A plain class rather than a record: Spark ships it, and its Kryo cannot write records.
 */
public final class Tail implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Relative to the largest, what is smaller is not represented well. */
  private static final double LEAST = Math.log(Double.MIN_NORMAL);

  private final long samples;
  private final boolean continuous;
  private final double[] largest;

  /**
   * Of some samples.
   *
   * @param samples K, of the image in all
   * @param continuous whether they are of continuous codes
   * @param largest at most {@link #length} + 1 log-weights, nats, rising, not a copy
   */
  Tail(long samples, boolean continuous, double[] largest) {
    this.samples = samples;
    this.continuous = continuous;
    this.largest = largest;
  }

  /** M, how many of K weights a tail is fitted to. */
  public static int length(long samples) {
    return (int) Math.ceil(Math.min(samples / 5.0, 3 * Math.sqrt(samples)));
  }

  /** The tail of these samples and of others of the same image. */
  public Tail plus(Tail other) {
    int mine = largest.length - 1;
    int theirs = other.largest.length - 1;
    double[] both = new double[Math.min(length(samples) + 1, mine + theirs + 2)];
    for (int i = both.length - 1; i >= 0; i--) {
      boolean isMine = theirs < 0 || mine >= 0 && largest[mine] >= other.largest[theirs];
      both[i] = isMine ? largest[mine--] : other.largest[theirs--];
    }
    return new Tail(samples, continuous, both);
  }

  /** K, samples of the image in all. */
  long samples() {
    return samples;
  }

  /** Whether samples are of continuous codes: where not, many may be the same. */
  boolean isOfContinuousCodes() {
    return continuous;
  }

  /** The largest log-weight, nats; minus infinity where there is none. */
  double largest() {
    return largest.length == 0 ? Double.NEGATIVE_INFINITY : largest[largest.length - 1];
  }

  /**
   * The threshold as a log-weight, nats; minus infinity where not that many weights are above 0.
   */
  private double threshold() {
    return largest.length <= length(samples) ? Double.NEGATIVE_INFINITY : largest[0];
  }

  /** How far the largest log-weight lies above the threshold, nats. */
  double spread() {
    return largest() - threshold();
  }

  /** The threshold's weight relative to the largest, or the least that is represented well. */
  double base() {
    return Math.exp(Math.max(threshold() - largest(), LEAST));
  }

  /**
   * By how much weights exceed the threshold's, relative to the largest weight, rising; as long as
   * the tail, or shorter where weights equal the threshold's or are next to nothing.
   */
  double[] exceedances() {
    double top = largest();
    double threshold = Math.max(threshold() - top, LEAST);
    double base = base();
    int first = 0;
    while (first < largest.length && !(largest[first] - top > threshold)) {
      first++;
    }
    double[] exceedances = Arrays.copyOfRange(largest, first, largest.length);
    for (int i = 0; i < exceedances.length; i++) {
      exceedances[i] = Math.exp(exceedances[i] - top) - base;
    }
    return exceedances;
  }
}
