package org.sparkvae.evaluation;

/**
 * Importance sampling: log of the mean of w = p(x, z) / q(z|x) over samples z of the posterior
 * (Burda et al., 2016).
 */
public record Importance() implements Estimator {}
