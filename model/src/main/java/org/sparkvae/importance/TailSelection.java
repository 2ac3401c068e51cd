package org.sparkvae.importance;

import java.util.Arrays;

/**
 * Selects the largest log-weights of samples that come block by block: it collects those above a
 * threshold, which rises whenever there is no more room. Not thread-safe; used again for image
 * after image.
 */
public final class TailSelection {
  private final long samples;
  private final boolean continuous;
  private final int wanted;
  private final double[] collected;
  private int size;
  private double threshold = Double.NEGATIVE_INFINITY;

  /**
   * Of nothing yet.
   *
   * @param samples K, of an image in all
   * @param continuous whether they are of continuous codes
   */
  public TailSelection(long samples, boolean continuous) {
    this.samples = samples;
    this.continuous = continuous;
    wanted = Tail.length(samples) + 1;
    collected = new double[2 * wanted];
  }

  /** Forgets all samples. */
  public void clear() {
    size = 0;
    threshold = Double.NEGATIVE_INFINITY;
  }

  /**
   * Adds a block; weights that are NaN or zero are passed over.
   *
   * @param logWeights [at least count], nats
   */
  public void add(double[] logWeights, int count) {
    int from = 0;
    while (from < count) {
      int to = Math.min(count, from + collected.length - size);
      collect(logWeights, from, to);
      from = to;
      if (size == collected.length) {
        leaveOutTheSmallest();
      }
    }
  }

  /** Without a branch, which no processor could predict. */
  private void collect(double[] logWeights, int from, int to) {
    int end = size;
    for (int i = from; i < to; i++) {
      collected[end] = logWeights[i];
      end += logWeights[i] > threshold ? 1 : 0;
    }
    size = end;
  }

  private void leaveOutTheSmallest() {
    int first = size - wanted;
    partition(first);
    threshold = collected[first];
    System.arraycopy(collected, first, collected, 0, wanted);
    size = wanted;
  }

  /** Puts the numbers from a rank on behind those below it, the one of that rank first (Hoare). */
  private void partition(int rank) {
    int low = 0;
    int high = size - 1;
    while (low < high) {
      double pivot = median(collected[low], collected[(low + high) >>> 1], collected[high]);
      int left = low;
      int right = high;
      while (left <= right) {
        while (collected[left] < pivot) {
          left++;
        }
        while (collected[right] > pivot) {
          right--;
        }
        if (left <= right) {
          double moved = collected[left];
          collected[left++] = collected[right];
          collected[right--] = moved;
        }
      }
      if (rank <= right) {
        high = right;
      } else if (rank >= left) {
        low = left;
      } else {
        return;
      }
    }
  }

  private static double median(double a, double b, double c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  /** The largest of the samples since the last {@link #clear}. */
  public Tail tail() {
    if (size > wanted) {
      leaveOutTheSmallest();
    }
    double[] largest = Arrays.copyOf(collected, size);
    Arrays.sort(largest);
    return new Tail(samples, continuous, largest);
  }
}
