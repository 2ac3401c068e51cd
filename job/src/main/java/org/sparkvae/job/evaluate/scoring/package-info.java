/**
 * log p(x) of single images, with its standard error: samples folded block by block, in tasks that
 * may each have a part of an image.
 *
 * <p>May use {@code compute}, {@code data.images}, {@code data.shards}, {@code data.faults}, {@code
 * scheduling}, {@code settings}, and of the model {@code vae}, {@code annealing}, {@code
 * evaluation}, {@code importance}, {@code likelihood}, {@code noise}, {@code proposal} and {@code
 * tensor.kernels}.
 */
package org.sparkvae.job.evaluate.scoring;
