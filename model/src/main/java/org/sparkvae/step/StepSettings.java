package org.sparkvae.step;

import java.io.Serializable;

/**
 * All of a step that changes with the epoch; who does not use it hands it on unopened.
 *
 * @param learningRate for the gradient of J/N
 * @param klWeight the weight of the KL term, 1 but during warm-up
 */
public record StepSettings(double learningRate, double klWeight) implements Serializable {
  /** Of a value that is not optimised: the whole bound. */
  public static final StepSettings NONE = new StepSettings(0, 1);
}
