package org.sparkvae.job.report;

/**
 * A test image with its log-likelihood.
 *
 * @param id the image's id
 * @param logLikelihood the estimate of log p(x), nats
 * @param values [values] in [0, 1], not a copy
 */
public record ScoredImage(long id, double logLikelihood, float[] values) {}
