package org.sparkvae.job.train.weights;

/**
 * What a shard brings to a round's average.
 *
 * @param weights after its last step, or a part of them
 * @param images that it processed, its weight in the average
 */
public record ShardWeights(ReadableWeights weights, long images) {}
