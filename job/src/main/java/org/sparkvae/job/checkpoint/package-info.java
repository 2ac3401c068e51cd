/**
 * The run directory on any Hadoop file system: atomic, checksummed, resumable.
 *
 * <p>May use Hadoop's FileSystem, {@code settings}, and the model's dl4j seam; knows no images.
 */
package org.sparkvae.job.checkpoint;
