package org.sparkvae.job.evaluate;

/**
 * The images of a set that are scored together.
 *
 * @param ids of these images
 * @param before how many images of the set were scored before
 * @param all images of the set
 */
record Share(ImageIds ids, long before, long all) {
  /** All images at once. */
  static Share whole(ImageIds ids) {
    return new Share(ids, 0, ids.count());
  }
}
