package org.sparkvae.step;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sums of what was measured over images; they add up over steps and over workers. */
public final class Measures implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Nothing yet. */
  public static final Measures NONE = new Measures(List.of(), 0);

  private final List<Measure> measures;
  private final long images;
  private final double[] sums;

  /**
   * Sums.
   *
   * @param images how many they are over
   * @param sums in the order of the measures, not copied
   * @throws IllegalArgumentException where there is not one sum of each
   */
  public Measures(List<Measure> measures, long images, double... sums) {
    if (measures.size() != sums.length) {
      throw new IllegalArgumentException(
          measures.size() + " measures, but " + sums.length + " sums");
    }
    this.measures = measures;
    this.images = images;
    this.sums = sums;
  }

  /**
   * The sums over both sets of images.
   *
   * @throws IllegalArgumentException where they measure different things
   */
  public Measures plus(Measures other) {
    if (measures.isEmpty()) {
      return other;
    }
    if (other.measures.isEmpty()) {
      return this;
    }
    if (!measures.equals(other.measures)) {
      throw new IllegalArgumentException(
          "measures of " + measures + " and of " + other.measures + " do not add up");
    }
    double[] both = sums.clone();
    for (int i = 0; i < both.length; i++) {
      both[i] += other.sums[i];
    }
    return new Measures(measures, images + other.images, both);
  }

  /** The same, and one measure more. */
  public Measures with(Measure measure, double sum) {
    List<Measure> more = new ArrayList<>(measures);
    more.add(measure);
    double[] moreSums = Arrays.copyOf(sums, sums.length + 1);
    moreSums[sums.length] = sum;
    return new Measures(List.copyOf(more), images, moreSums);
  }

  /** What was measured. */
  public List<Measure> measures() {
    return measures;
  }

  /** Images that the sums are over. */
  public long images() {
    return images;
  }

  /**
   * The sum of a measure.
   *
   * @throws IllegalArgumentException where it was not measured
   */
  public double sum(Measure measure) {
    int i = measures.indexOf(measure);
    if (i < 0) {
      throw new IllegalArgumentException(measure.name() + " is not among " + measures);
    }
    return sums[i];
  }

  /** The mean of a measure per image. */
  public double mean(Measure measure) {
    return sum(measure) / images;
  }

  /** Every measure as it is told, by its name. */
  public Map<String, Double> told() {
    Map<String, Double> told = new LinkedHashMap<>();
    for (int i = 0; i < sums.length; i++) {
      Measure measure = measures.get(i);
      told.put(measure.name(), measure.per() == Measure.Per.IMAGE ? sums[i] / images : sums[i]);
    }
    return told;
  }

  /** True where every sum is finite. */
  public boolean isFinite() {
    return Arrays.stream(sums).allMatch(Double::isFinite);
  }

  /** The first sum that is not finite, "bound is NaN"; of finite ones the first. */
  public String notFinite() {
    int i = 0;
    while (i < sums.length - 1 && Double.isFinite(sums[i])) {
      i++;
    }
    return measures.get(i).name() + " is " + sums[i];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Measures that
        && measures.equals(that.measures)
        && images == that.images
        && Arrays.equals(sums, that.sums);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * measures.hashCode() + Long.hashCode(images)) + Arrays.hashCode(sums);
  }

  @Override
  public String toString() {
    return images + " images: " + told();
  }
}
