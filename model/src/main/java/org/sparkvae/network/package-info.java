/**
 * Encoder and decoder bodies: stacks of dense layers.
 *
 * <p>May use {@code kinds} and {@code tensor}.
 */
package org.sparkvae.network;
