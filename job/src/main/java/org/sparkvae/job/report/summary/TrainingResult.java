package org.sparkvae.job.report.summary;

/**
 * What training did.
 *
 * @param images in the training set
 * @param epochs trained in all, over every start of the run
 * @param shards of the training set
 * @param speed of all epochs together
 */
public record TrainingResult(long images, int epochs, int shards, Speed speed) {}
