package org.sparkvae.job.train.worker;

import java.io.Serializable;

/**
 * One averaging round of an epoch: which minibatches each worker takes, and how.
 *
 * @param epoch from 1
 * @param number of the round in its epoch, from 1
 * @param firstMinibatch the first minibatch of each shard's epoch, from 0
 * @param minibatches at most so many are taken
 * @param stepsBefore steps that were taken before this round, along one worker's sequence
 * @param learningRate for the gradient of J/N
 * @param klWeight weight of the KL term
 */
public record Round(
    int epoch,
    int number,
    int firstMinibatch,
    int minibatches,
    long stepsBefore,
    double learningRate,
    double klWeight)
    implements Serializable {}
