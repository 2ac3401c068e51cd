package org.sparkvae.job.data.conversion;

/**
 * The range of the values of an image, on the scale of its source.
 *
 * @param least of them
 * @param greatest of them
 */
public record ValueRange(double least, double greatest) {}
