package org.sparkvae.job.report.pictures;

/**
 * A test image with its log-likelihood.
 *
 * @param name its path, its id, or whatever a person finds it by
 * @param logLikelihood the estimate of log p(x), nats
 * @param reliable false where the error of that is not known
 * @param values [values] in [0, 1], not a copy
 */
public record ScoredImage(String name, double logLikelihood, boolean reliable, float[] values) {}
