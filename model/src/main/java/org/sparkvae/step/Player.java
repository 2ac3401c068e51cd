package org.sparkvae.step;

import org.sparkvae.tensor.NoiseBuffers;
import org.sparkvae.tensor.ParameterLayout;

/**
 * One who moves parameters to make a loss of its own small: the only one where a bound is
 * maximised, one of two where they play against each other.
 *
 * <p>Its buffers are for one size of minibatch. Not thread-safe.
 */
public interface Player {
  /** Its name, which its measures begin with where it is not alone. */
  String name();

  /** Whether it moves a block of the parameters. */
  boolean moves(ParameterLayout.Block block);

  /** Steps that it takes for each minibatch, at least 1. */
  int turns();

  /** The host buffer for the images, [images * values], in [0, 1]; it is filled before a turn. */
  float[] images();

  /** The noise of the images; it is drawn before a turn. */
  NoiseBuffers noise();

  /**
   * Sets the gradient vector to the derivative of its loss by all parameters; what it measured,
   * before the step is taken.
   */
  Measures differentiate(StepSettings settings);
}
