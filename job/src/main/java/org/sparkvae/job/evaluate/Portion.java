package org.sparkvae.job.evaluate;

import org.sparkvae.job.evaluate.scoring.ImageIds;

/**
 * The images of a set that are scored together.
 *
 * @param ids of these images
 * @param before how many images of the set were scored before
 * @param all images of the set
 */
record Portion(ImageIds ids, long before, long all) {
  /** All images at once. */
  static Portion whole(ImageIds ids) {
    return new Portion(ids, 0, ids.count());
  }
}
