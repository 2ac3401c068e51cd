/**
 * NVIDIA's GPUs by their driver's own library, libcuda, which every machine with a card has, and by
 * cuBLAS of any version where it is there.
 *
 * <p>May use {@code device} and {@code device.code}.
 */
package org.sparkvae.device.cuda;
