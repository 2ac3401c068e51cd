/**
 * Encoder and decoder bodies: stacks of dense layers.
 *
 * <p>May use {@code tensor} only.
 */
package org.sparkvae.network;
