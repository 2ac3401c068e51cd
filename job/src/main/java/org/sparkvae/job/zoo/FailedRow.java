package org.sparkvae.job.zoo;

/**
 * A model whose run failed.
 *
 * @param model its name
 * @param error the run's one line
 */
record FailedRow(String model, String error) {}
