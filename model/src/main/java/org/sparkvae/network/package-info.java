/**
 * Encoder and decoder bodies: stacks of dense layers on the tape.
 *
 * <p>May use {@code tensor} only.
 */
package org.sparkvae.network;
