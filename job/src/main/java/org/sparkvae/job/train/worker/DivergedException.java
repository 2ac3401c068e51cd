package org.sparkvae.job.train.worker;

/** Training left the finite numbers: one line that says where and what to do. */
public final class DivergedException extends RuntimeException {
  /** With the whole one-line message. */
  public DivergedException(String message) {
    super(message);
  }

  /** In the average of finite weights, by the outer step, at the end of an epoch. */
  public static DivergedException averaged(int epoch) {
    return new DivergedException(
        "training diverged in epoch "
            + epoch
            + ": the averaged parameters are not finite; lower training.averaging.outer.learning-rate"
            + ofCheckpoints(epoch));
  }

  /** On a shard, in a round of an epoch; all but the shard count from 1. */
  static DivergedException in(int epoch, int round, ShardRound.Diverged shard) {
    return new DivergedException(
        "training diverged in epoch "
            + epoch
            + ", round "
            + round
            + ", shard "
            + shard.shard()
            + ", step "
            + shard.step()
            + " of the shard's epoch: "
            + shard.what()
            + "; "
            + shard.advice()
            + ofCheckpoints(epoch));
  }

  /** In the first epoch there are none, and none are promised where they are rare. */
  private static String ofCheckpoints(int epoch) {
    return epoch == 1
        ? ""
        : " (the last checkpoint, where there is one, is from before this epoch)";
  }
}
