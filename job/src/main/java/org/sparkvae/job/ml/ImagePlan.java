package org.sparkvae.job.ml;

import java.io.Serializable;
import java.util.List;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.settings.EvaluationSettings;
import org.sparkvae.job.settings.Scale;
import org.sparkvae.vae.ImageModel;

/**
 * What is to be found of each image.
 *
 * @param spec the model, without its parameters
 * @param binariser makes values of pixels
 * @param seed of the samples
 * @param evaluation how log p(x) is estimated
 * @param kinds of results, in order
 * @param scale of images, and so of reconstructions
 */
record ImagePlan(
    ImageModel spec,
    Binariser binariser,
    long seed,
    EvaluationSettings evaluation,
    List<OutputColumns.Kind> kinds,
    Scale scale)
    implements Serializable {
  boolean has(OutputColumns.Kind kind) {
    return kinds.contains(kind);
  }

  /** Whether log p(x) is estimated. */
  boolean scores() {
    return kinds.stream().anyMatch(OutputColumns.Kind::isOfSamples);
  }
}
