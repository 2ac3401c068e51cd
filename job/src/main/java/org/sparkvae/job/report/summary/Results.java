package org.sparkvae.job.report.summary;

import java.util.Optional;

/**
 * What a run came to.
 *
 * @param training always known, from this run or the one it goes on from
 * @param evaluation where the pipeline evaluates
 * @param seed of all randomness
 * @param directory the run directory
 */
public record Results(
    TrainingResult training, Optional<EvaluationResult> evaluation, long seed, String directory) {}
