package org.sparkvae.tensor;

/**
 * What a layer is normalised by, and what it is collected from.
 *
 * @param mean of each unit, [units]
 * @param logVariance of each unit, [units]
 * @param moments the means over a minibatch of each unit's value, then of its square, [1, 2 units]
 */
public record Statistic(Parameter mean, Parameter logVariance, Matrix moments) {}
