package org.sparkvae.job.evaluate;

import org.sparkvae.job.evaluate.scoring.WorkPlan;
import org.sparkvae.job.settings.EvaluationSettings;
import org.sparkvae.vae.ImageModel;

/**
 * Into how many slices a long evaluation is cut, each of which is stored when it is done.
 *
 * <p>It depends on images, samples and model only, not on the cluster, so that an evaluation can go
 * on where another cluster was.
 *
 * @param least work of a slice, in floating-point operations
 * @param most slices
 */
public record Slicing(double least, int most) {
  /**
   * At least 5,000 tasks of half a second a slice, which is worth the idle slots at its end; and no
   * more than 50 slices, so that at most two hundredths of a long evaluation are lost.
   */
  public static final Slicing STANDARD = new Slicing(5_000 * WorkPlan.LARGE_TASK, 50);

  /** How many slices, 1 .. images. */
  int slices(long images, ImageModel spec, EvaluationSettings settings) {
    double wanted = WorkPlan.operations(images, spec, settings) / least;
    return (int) Math.max(1, Math.min(Math.min(most, images), wanted));
  }
}
