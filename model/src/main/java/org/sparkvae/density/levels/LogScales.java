package org.sparkvae.density.levels;

/**
 * Bounds that a log-scale is held between.
 *
 * @param least of it
 * @param most of it
 */
public record LogScales(double least, double most) {}
