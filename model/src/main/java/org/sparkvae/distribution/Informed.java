package org.sparkvae.distribution;

import java.util.Optional;

/** A distribution that may know how much a draw tells of its parameters. */
public interface Informed {
  /** Records the Fisher information of its parameters; empty where it is not known here. */
  default Optional<Information> information() {
    return Optional.empty();
  }
}
