package org.sparkvae.job.evaluate;

import org.sparkvae.job.evaluate.summary.EvaluationSummary;

/**
 * What came of an evaluation whose scores are stored.
 *
 * @param summary of all scores, wherever they were computed
 * @param speed of the images that this job scored
 */
public record EvaluationOutcome(EvaluationSummary summary, ScoringSpeed speed) {}
