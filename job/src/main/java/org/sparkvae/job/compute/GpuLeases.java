package org.sparkvae.job.compute;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Spreads the tasks of one process over its GPUs, where Spark's scheduler does not. Thread-safe.
 */
final class GpuLeases {
  private final List<Integer> gpus;
  private final Map<Long, Integer> held = new HashMap<>();

  /**
   * No GPU is in use yet.
   *
   * @param gpus their indices, at least one
   */
  GpuLeases(List<Integer> gpus) {
    this.gpus = List.copyOf(gpus);
  }

  /**
   * A task's GPU until it gives it back: the first of those that the fewest tasks use.
   *
   * @param task id of the attempt; asked again, it gets the same
   */
  synchronized int take(long task) {
    return held.computeIfAbsent(task, t -> leastUsed());
  }

  /** A task is over. */
  synchronized void giveBack(long task) {
    held.remove(task);
  }

  private int leastUsed() {
    int best = gpus.get(0);
    long fewest = Long.MAX_VALUE;
    for (int gpu : gpus) {
      long users = held.values().stream().filter(used -> used == gpu).count();
      if (users < fewest) {
        best = gpu;
        fewest = users;
      }
    }
    return best;
  }
}
