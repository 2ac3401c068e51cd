package org.sparkvae;

import java.util.OptionalDouble;

/**
 * An estimate of log p(x) of one image by K importance samples, and what its weights tell of it.
 *
 * @param value log of the mean weight, nats, which is log p(x) or, in expectation, below it; not
 *     finite where all weights are 0 or one is not a number
 * @param standardError of it, nats; NaN for K = 1
 * @param effectiveSamples (sum w)^2 / sum w^2, in 1 .. K
 * @param paretoK the shape of the weights' tail (Vehtari et al., 2024); NaN where too few weights
 *     tell, or the largest are equal
 * @param reliable whether the tail lets value and standard error be trusted; where not, the error
 *     is not known
 * @param exact log p(x) in closed form, nats, of a model that has one
 */
public record LogLikelihood(
    double value,
    double standardError,
    double effectiveSamples,
    double paretoK,
    boolean reliable,
    OptionalDouble exact) {}
