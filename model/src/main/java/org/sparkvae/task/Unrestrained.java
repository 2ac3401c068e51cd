package org.sparkvae.task;

import java.util.List;
import org.sparkvae.step.Measure;
import org.sparkvae.tensor.kernels.Kernels;

/** Gradients stay as they are. */
public record Unrestrained() implements Restraint {
  @Override
  public long apply(Kernels kernels, Gradient gradient, long trainingImages) {
    return 0;
  }

  @Override
  public List<Measure> measures() {
    return List.of();
  }
}
