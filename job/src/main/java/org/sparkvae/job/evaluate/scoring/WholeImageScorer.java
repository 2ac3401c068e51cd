package org.sparkvae.job.evaluate.scoring;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.settings.EvaluationSettings;
import org.sparkvae.vae.ImageModel;

/**
 * Scores images one by one, all samples of each at once: the score has the bits that it has where
 * many tasks share the samples.
 *
 * <p>Not thread-safe: one instance belongs to one task.
 */
public final class WholeImageScorer {
  private final Scorer scorer;
  private final WorkPlan plan;

  /**
   * A scorer.
   *
   * @param parameters the flat parameter vector, which stays as it is
   * @param keys of the images' noise
   */
  public WholeImageScorer(
      ImageModel model, INDArray parameters, EvaluationSettings settings, SampleKeys keys) {
    plan = WorkPlan.of(1, model, settings, 1);
    scorer = Scorer.of(model, parameters, settings, plan, keys);
  }

  /**
   * The score of an image.
   *
   * @param image alone in its block, whose id keys the noise
   * @param values [values], in [0, 1]
   */
  public ImageScore score(ImageBlock image, float[] values) {
    ImageWork work = new ImageWork(image, 0, plan.blocks());
    ImagePart part = scorer.score(List.of(work), List.of(values)).get(0);
    return part.joined(List.of(part), plan.samples());
  }
}
