package org.sparkvae.task;

import java.util.List;
import org.sparkvae.step.Measure;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * Each tensor's gradient of J/N becomes g / (|g| + 1e-7), |g| its Euclidean norm, so that a step
 * knows nothing of the scale of the objective (Yu et al., "Block-normalized gradient method", 2017;
 * Tomczak & Welling, "VAE with a VampPrior", 2018, section 5.1).
 */
public record Normalised() implements Restraint {
  /** As in the authors' code: keeps a gradient of 0 from a division by 0. */
  private static final double LEAST = 1e-7;

  @Override
  public long apply(Kernels kernels, Gradient gradient, long trainingImages) {
    kernels.normalise(gradient.tensors(), trainingImages, LEAST);
    return 0;
  }

  @Override
  public List<Measure> measures() {
    return List.of();
  }
}
