package org.sparkvae.step;

import org.sparkvae.tensor.ParameterLayout;

/**
 * One who moves parameters to make a loss of its own small: the only one where a bound is
 * maximised, one of two where they play against each other.
 *
 * <p>Its inputs are filled before a turn. Not thread-safe.
 */
public interface Player extends Inputs {
  /** Its name, which its measures begin with where it is not alone. */
  String name();

  /** Whether it moves a block of the parameters. */
  boolean moves(ParameterLayout.Block block);

  /** Steps that it takes for each minibatch, at least 1. */
  int turns();

  /**
   * Sets the gradient vector to the derivative of its loss by all parameters; what it measured,
   * before the step is taken.
   */
  Measures differentiate(StepSettings settings);
}
