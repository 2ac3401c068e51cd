/**
 * What tasks compute on: the GPU that each one gets, and what is refused before the first array;
 * the limits of memory outside the Java heap.
 *
 * <p>May use {@code settings}, {@code scheduling}, of the model {@code tensor.kernels} for its
 * backend, and of Spark its configuration and the context of a task.
 */
package org.sparkvae.job.compute;
