/**
 * A GPU as its driver offers it: memory, kernels that are compiled on the spot, and sequences of
 * launches that are recorded once.
 *
 * <p>May use {@code device.code}.
 */
package org.sparkvae.device;
