package org.sparkvae.job.evaluate;

import java.util.Optional;
import org.sparkvae.job.evaluate.summary.EvaluationSummary;

/**
 * What came of an evaluation whose scores are stored.
 *
 * @param summary of all scores, wherever they were computed
 * @param speed of the images that this job scored
 * @param bounds of simulated images, where some were asked for
 */
public record EvaluationOutcome(
    EvaluationSummary summary, ScoringSpeed speed, Optional<BidirectionalBounds> bounds) {}
