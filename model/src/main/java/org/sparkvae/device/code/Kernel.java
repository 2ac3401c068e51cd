package org.sparkvae.device.code;

import java.util.List;

/**
 * A program of a thread; a launch runs it in each thread of a grid of blocks.
 *
 * @param name a word
 * @param parameters their types, in the order of the launch's arguments
 * @param threads of a block
 * @param sharedBytes of memory that the threads of a block share
 * @param body in its order
 */
public record Kernel(
    String name, List<Type> parameters, int threads, int sharedBytes, List<Instruction> body) {
  /** Copies the lists. */
  public Kernel {
    parameters = List.copyOf(parameters);
    body = List.copyOf(body);
  }
}
