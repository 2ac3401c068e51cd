package org.sparkvae.job.evaluate.scoring;

import java.util.Comparator;
import java.util.List;
import org.sparkvae.importance.LogSum;
import org.sparkvae.importance.Reliability;

/**
 * What one task found of one image by annealed chains: the sum of the weights of each block, and
 * where it has the first block, what samples of the encoder's posterior say.
 */
final class AnnealedPart implements ImagePart {
  private static final long serialVersionUID = 1L;

  private final ImageScore.Image image;
  private final int fromBlock;
  private final LogSum[] blocks;
  private final ImageScore.ElboParts elbo;
  private final ImageScore.PosteriorMoments posterior;

  /**
   * A part.
   *
   * @param fromBlock number of its first block
   * @param blocks the weights of each block
   * @param elbo null but in the first part, as the posterior
   */
  AnnealedPart(
      ImageScore.Image image,
      int fromBlock,
      LogSum[] blocks,
      ImageScore.ElboParts elbo,
      ImageScore.PosteriorMoments posterior) {
    this.image = image;
    this.fromBlock = fromBlock;
    this.blocks = blocks;
    this.elbo = elbo;
    this.posterior = posterior;
  }

  @Override
  public long id() {
    return image.id();
  }

  @Override
  public ImageScore joined(List<ImagePart> parts, int samples) {
    List<AnnealedPart> inOrder =
        parts.stream()
            .map(AnnealedPart.class::cast)
            .sorted(Comparator.comparingInt(part -> part.fromBlock))
            .toList();
    LogSum all = LogSum.EMPTY;
    int next = 0;
    for (AnnealedPart part : inOrder) {
      if (part.fromBlock != next) {
        throw new IllegalArgumentException(
            "chains from block %d on cannot follow those of %d blocks"
                .formatted(part.fromBlock, next));
      }
      for (LogSum block : part.blocks) {
        all = all.plus(block);
        next++;
      }
    }
    if (all.count() != samples) {
      throw new IllegalStateException("image " + id() + " has " + all.count() + " chains");
    }
    AnnealedPart first = inOrder.get(0);
    return new ImageScore(
        first.image,
        new ImageScore.LogLikelihood(all.logMean(), all.standardError(), diagnosis(all)),
        first.elbo,
        first.posterior);
  }

  private static ImageScore.Diagnosis diagnosis(LogSum weights) {
    Reliability reliability = Reliability.ofChains(weights);
    return new ImageScore.Diagnosis(
        weights.effectiveSamples(), reliability.paretoK(), reliability.reliable(), List.of());
  }
}
