package org.sparkvae.importance;

import java.io.Serializable;

/**
 * The importance-weighted bound at a number of samples.
 *
 * @param samples k
 * @param bound L_k, nats
 */
public record CurvePoint(int samples, double bound) implements Serializable {}
