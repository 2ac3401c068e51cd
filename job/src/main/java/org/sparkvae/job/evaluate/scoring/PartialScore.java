package org.sparkvae.job.evaluate.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.sparkvae.importance.LogWeightSum;
import org.sparkvae.importance.Reliability;
import org.sparkvae.importance.Tail;
import org.sparkvae.job.data.images.ImageName;

/**
 * What one task found of one image: the sums of its sample blocks, one by one, except that blocks
 * from sample 0 on are joined already, as they would be first in any case; and the largest of all
 * its weights, which can be joined in any order.
 */
final class PartialScore implements ImagePart {
  private static final long serialVersionUID = 1L;

  private final long id;
  private final int label;
  private final ImageName name;
  private final LogWeightSum[] sums;
  private final Tail tail;
  private final double kl;
  private final ImageScore.PosteriorMoments posterior;

  PartialScore(
      long id,
      int label,
      ImageName name,
      List<LogWeightSum> blocks,
      Tail tail,
      double kl,
      ImageScore.PosteriorMoments posterior) {
    this.id = id;
    this.label = label;
    this.name = name;
    this.sums =
        blocks.get(0).from() == 0
            ? new LogWeightSum[] {blocks.stream().reduce(LogWeightSum::plus).orElseThrow()}
            : blocks.toArray(LogWeightSum[]::new);
    this.tail = tail;
    this.kl = kl;
    this.posterior = posterior;
  }

  @Override
  public ImageScore joined(List<ImagePart> parts, int samples) {
    return join(new ArrayList<>(parts.stream().map(PartialScore.class::cast).toList()), samples);
  }

  /**
   * Joins an image's parts, in sample order whatever order they come in.
   *
   * @param parts all parts of one image
   * @param samples K, which the parts must cover
   * @throws IllegalStateException where they begin late or end early
   * @throws IllegalArgumentException where samples are missing between, or there twice
   */
  static ImageScore join(List<PartialScore> parts, int samples) {
    parts.sort(Comparator.comparingLong(part -> part.sums[0].from()));
    PartialScore first = parts.get(0);
    LogWeightSum all =
        parts.stream()
            .flatMap(part -> Arrays.stream(part.sums))
            .reduce(LogWeightSum::plus)
            .orElseThrow();
    if (all.from() != 0 || all.to() != samples) {
      throw new IllegalStateException(
          "image " + first.id + " has samples " + all.from() + " .. " + (all.to() - 1));
    }
    double kl = Double.isNaN(first.kl) ? all.reconstruction() - all.elbo() : first.kl;
    return new ImageScore(
        new ImageScore.Image(first.id, first.label, first.name),
        logLikelihood(all, parts),
        new ImageScore.ElboParts(all.elbo(), all.reconstruction(), kl),
        first.posterior);
  }

  private static ImageScore.LogLikelihood logLikelihood(
      LogWeightSum all, List<PartialScore> parts) {
    Reliability tail =
        Reliability.of(parts.stream().map(part -> part.tail).reduce(Tail::plus).orElseThrow());
    return new ImageScore.LogLikelihood(
        all.logLikelihood(),
        all.standardError(tail.unseenSquares()),
        new ImageScore.Diagnosis(
            all.effectiveSamples(), tail.paretoK(), tail.reliable(), all.curve()));
  }

  @Override
  public long id() {
    return id;
  }
}
