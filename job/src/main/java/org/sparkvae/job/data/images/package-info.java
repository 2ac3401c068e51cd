/**
 * Images as the job holds them: of one shape, a byte a value, packed in blocks that lie in the heap
 * or in a file on a local disk; and the values that a model sees of them.
 *
 * <p>May use {@code data.faults}, {@code settings}, {@code compute} for the tasks that share a
 * heap, {@code network} for the shape, {@code noise}, {@code step} for the minibatch that values go
 * to, and of Spark its context and its estimates of sizes.
 */
package org.sparkvae.job.data.images;
