package org.sparkvae.job.apply;

import java.util.function.Supplier;

/**
 * An image of the test set.
 *
 * @param id unique in the set
 * @param label -1 for none
 * @param labelName what the label stands for; null where it is a number
 * @param idText the id as the source gives it; null where that is a number
 * @param path where it lies; null where the source gives none
 * @param values as the model sees it, [values], in [0, 1], not a copy
 * @param intensities gives what a person sees, likewise: before it is made bits, where it is
 * @param mask what a column of the images' table holds of its pixels; null where none is asked for
 */
public record SeenImage(
    long id,
    int label,
    String labelName,
    String idText,
    String path,
    float[] values,
    Supplier<float[]> intensities,
    byte[] mask) {
  /** As a person sees it. */
  public float[] shown() {
    return intensities.get();
  }
}
