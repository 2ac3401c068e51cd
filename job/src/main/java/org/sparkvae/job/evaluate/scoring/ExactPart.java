package org.sparkvae.job.evaluate.scoring;

import java.util.List;

/** What one task found of one image, beside its log p(x) in closed form. */
final class ExactPart implements ImagePart {
  private static final long serialVersionUID = 1L;

  private final ImagePart estimated;
  private final double exact;

  /** A part, and log p(x), nats. */
  ExactPart(ImagePart estimated, double exact) {
    this.estimated = estimated;
    this.exact = exact;
  }

  @Override
  public long id() {
    return estimated.id();
  }

  @Override
  public ImageScore joined(List<ImagePart> parts, int samples) {
    List<ImagePart> all = parts.stream().map(part -> ((ExactPart) part).estimated).toList();
    return estimated.joined(all, samples).withExact(exact);
  }
}
