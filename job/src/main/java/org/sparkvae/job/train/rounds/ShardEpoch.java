package org.sparkvae.job.train.rounds;

import java.io.Serializable;
import java.util.List;
import org.sparkvae.job.train.weights.Weights;
import org.sparkvae.job.train.worker.ShardRound;

/**
 * What an epoch did on one shard, as far as the driver needs to know.
 *
 * @param shard the shard
 * @param rounds in their order, without weights; they end early where a shard diverged
 * @param seconds that each round took, wall time
 * @param weights the shard's part of the common weights after the last round
 */
record ShardEpoch(int shard, List<ShardRound> rounds, List<Double> seconds, Weights weights)
    implements Serializable {}
