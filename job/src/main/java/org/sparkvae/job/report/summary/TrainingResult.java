package org.sparkvae.job.report.summary;

/**
 * What training did.
 *
 * @param images in the training set
 * @param epochs trained in all, over every start of the run
 * @param shards of the training set
 * @param imagesPerSecond mean speed of the epochs
 * @param seconds wall time of the epochs, in all
 */
public record TrainingResult(
    long images, int epochs, int shards, double imagesPerSecond, double seconds) {}
