package org.sparkvae.distribution;

import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Rows;

/**
 * A draw, recorded.
 *
 * @param value [samples * images, n], sample-major
 * @param logDensity log q(value), nats, [samples * images]
 * @param isPathwise whether it is a smooth map of noise, so that derivatives by what decides the
 *     distribution flow through the value
 */
public record Drawn(Matrix value, Rows logDensity, boolean isPathwise) {
  /** Of a smooth map of noise. */
  public Drawn(Matrix value, Rows logDensity) {
    this(value, logDensity, true);
  }
}
