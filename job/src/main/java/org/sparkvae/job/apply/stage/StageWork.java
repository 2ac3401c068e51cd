package org.sparkvae.job.apply.stage;

import org.sparkvae.job.evaluate.scoring.WorkPlan;

/**
 * What a stage, or a slice of it, takes to compute, and how that is cut.
 *
 * @param operations of floating-point numbers, about
 * @param bytes of heap that all its items take
 */
record StageWork(double operations, double bytes) {
  /** Operations of a slice, at least: some thousand tasks of half a second. */
  private static final double LEAST_OF_A_SLICE = 5_000 * WorkPlan.LARGE_TASK;

  private static final int MOST_SLICES = 50;

  private static final double MOST_BYTES_OF_A_TASK = 1 << 26;

  /** Each task writes a file. */
  private static final int MOST_FILES = 1_000;

  /** Images of a partition where rows are not stored. */
  private static final int OF_A_PARTITION = 1_000;

  /**
   * Sums over partitions depend on how many there are: with another number the figures of larger
   * sets change in their last digits.
   */
  private static final int MOST_PARTITIONS = 256;

  /** How many slices, at most as many as there are groups. */
  int slices(int groups) {
    double wanted = Math.min(MOST_SLICES, operations / LEAST_OF_A_SLICE);
    return within(groups, wanted);
  }

  /**
   * Tasks of half a second, or longer ones where those would leave too many files; at least one for
   * each slot, and so many that the items of a task take no more of the heap than they should.
   *
   * @param groups at least as many as tasks
   */
  int tasks(int slots, int groups) {
    double wanted = Math.min(MOST_FILES, operations / WorkPlan.LARGE_TASK);
    return within(groups, Math.max(Math.max(slots, wanted), bytes / MOST_BYTES_OF_A_TASK));
  }

  /**
   * Partitions of rows that are not stored: they depend on the images alone, and every pass over
   * the rows pays for each of them.
   *
   * @param items how many
   * @param groups at least as many as partitions
   */
  int partitions(long items, int groups) {
    double wanted = Math.min(MOST_PARTITIONS, items / OF_A_PARTITION);
    return within(groups, Math.max(wanted, bytes / MOST_BYTES_OF_A_TASK));
  }

  private static int within(int groups, double wanted) {
    return (int) Math.max(1, Math.min(groups, wanted));
  }
}
