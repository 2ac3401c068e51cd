/**
 * What tasks compute on: the GPU that each one gets, and what is refused before the first array;
 * the limits of memory outside the Java heap.
 *
 * <p>May use {@code settings}, {@code scheduling}, of the model {@code device}, {@code device.cuda}
 * and {@code tensor.device} for GPUs by their driver and {@code tensor.kernels} for ND4J's backend,
 * and of Spark its configuration and the context of a task.
 */
package org.sparkvae.job.compute;
