package org.sparkvae.distribution;

import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Rows;

/**
 * A draw, recorded.
 *
 * @param value [samples * images, n], sample-major
 * @param logDensity log q(value), nats, [samples * images]
 */
public record Drawn(Matrix value, Rows logDensity) {}
