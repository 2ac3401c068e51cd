package org.sparkvae.job.train.rounds;

import java.io.Serializable;

/**
 * How one epoch is trained.
 *
 * @param epoch from 1
 * @param epochs of the whole training
 * @param learningRate for the gradient of J/N
 * @param klWeight weight of the KL term
 */
public record EpochPlan(int epoch, int epochs, double learningRate, double klWeight)
    implements Serializable {}
