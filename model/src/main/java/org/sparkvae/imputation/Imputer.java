package org.sparkvae.imputation;

/**
 * Finds what missing values of an image are likely to be, image by image, on buffers that are
 * allocated once. What it finds depends on the model, the image and its key alone.
 *
 * <p>Not thread-safe: one instance belongs to one task.
 */
public interface Imputer {
  /**
   * Imputes.
   *
   * @param image [values], in [0, 1]; what is missing may have any value, which is not looked at
   * @param missing which values are, [values]
   * @param seed of the run
   * @param id of the image, for the keys of its noise
   */
  Imputed of(float[] image, boolean[] missing, long seed, long id);
}
