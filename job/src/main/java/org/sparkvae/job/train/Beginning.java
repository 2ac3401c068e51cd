package org.sparkvae.job.train;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** What training begins with, where it does not go on from a checkpoint. */
@FunctionalInterface
public interface Beginning {
  /**
   * Sets the parameters of a new network, and its optimiser's state if that is not to be zero.
   *
   * @return the optimiser steps that lead to that state; 0 for a state of zero
   */
  long set(MultiLayerNetwork network);
}
