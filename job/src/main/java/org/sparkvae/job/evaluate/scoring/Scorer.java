package org.sparkvae.job.evaluate.scoring;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.job.settings.EvaluationSettings;
import org.sparkvae.vae.ImageModel;

/** Computes what a task is to find of its images, as the estimator of log p(x) does. */
interface Scorer {
  /**
   * The scorer of an evaluation; log p(x) in closed form beside the estimate where there is one.
   *
   * @param parameters the flat parameter vector, which stays as it is
   * @param plan of which the samples and their blocks matter
   * @param keys of the images' noise
   */
  static Scorer of(
      ImageModel model,
      INDArray parameters,
      EvaluationSettings settings,
      WorkPlan plan,
      SampleKeys keys) {
    Scorer estimates =
        settings
            .estimator()
            .annealed()
            .<Scorer>map(how -> new AnnealedScorer(model, parameters, how, settings, plan, keys))
            .orElseGet(() -> new ImageScorer(model, parameters, settings.proposal(), plan, keys));
    return model
        .model()
        .logLikelihood(model.x(), parameters)
        .<Scorer>map(exact -> new ExactScorer(estimates, exact))
        .orElse(estimates);
  }

  /** How many images are best scored together. */
  int together();

  /**
   * Scores each image's blocks.
   *
   * @param images [pixels] each, values in [0, 1]
   * @return one for each, in their order
   */
  List<ImagePart> score(List<ImageWork> works, List<float[]> images);
}
