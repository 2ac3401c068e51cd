package org.sparkvae.evaluation;

import java.io.Serializable;
import java.util.Optional;

/** What an image's importance samples are drawn from. */
public sealed interface Proposal extends Serializable permits Encoder, Refined {
  /** How often its draws are far out. */
  Tails tails();

  /** How many samples of log w take as long as finding it for an image, about. */
  default double samplesWorth() {
    return 0;
  }

  /** How the encoder's posterior of each image is improved, where it is. */
  default Optional<Refined> refinement() {
    return Optional.empty();
  }
}
