package org.sparkvae.job.report.summary;

/**
 * How fast images went through; NaN where none did.
 *
 * @param imagesPerSecond mean over the wall time
 * @param seconds wall time, in all
 */
public record Speed(double imagesPerSecond, double seconds) {}
