package org.sparkvae.job.evaluate.scoring;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Adds log p(x) in closed form to what another scorer finds.
 *
 * @param estimates the other
 * @param logLikelihood log p(x) of an image's values, nats
 */
record ExactScorer(Scorer estimates, ToDoubleFunction<float[]> logLikelihood) implements Scorer {
  @Override
  public int together() {
    return estimates.together();
  }

  @Override
  public List<ImagePart> score(List<ImageWork> works, List<float[]> images) {
    List<ImagePart> parts = estimates.score(works, images);
    return IntStream.range(0, parts.size())
        .<ImagePart>mapToObj(
            i -> new ExactPart(parts.get(i), logLikelihood.applyAsDouble(images.get(i))))
        .toList();
  }
}
