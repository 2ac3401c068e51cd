/**
 * What the threads of most kernels do: products, formulas, noise, sums, and changes of arrays place
 * by place.
 *
 * <p>Nothing here is on a device: kernels are built, and {@code tensor.device} loads and launches
 * them. How many threads and blocks a kernel is for, and what its arguments are, stand beside it.
 *
 * <p>May use {@code device}, {@code device.code}, {@code noise}, {@code tensor.formula} and {@code
 * tensor.kernels}.
 */
package org.sparkvae.tensor.device.kernel;
