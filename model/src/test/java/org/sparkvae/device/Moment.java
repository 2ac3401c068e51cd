package org.sparkvae.device;

/**
 * The time between two barriers of a block, on a device that runs blocks one after the other.
 *
 * @param launch when the launch began, in a count of all barriers and beginnings
 * @param block when the block began
 * @param barrier when the last barrier was, or the block began
 */
public record Moment(int launch, int block, int barrier) {
  /** Whether something was in this launch, but in another block. */
  boolean isOfOtherBlock(int barrierThen) {
    return barrierThen >= launch && barrierThen < block;
  }
}
