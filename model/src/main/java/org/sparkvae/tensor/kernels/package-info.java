/**
 * What computes: products, activations, updates and compiled formulas on ND4J arrays, as vectorised
 * loops where the arrays are float32 in host memory, else as plain ND4J operations.
 *
 * <p>May use {@code device.code}, {@code host} and {@code tensor.formula}.
 */
package org.sparkvae.tensor.kernels;
