/**
 * The run directory on any Hadoop file system: atomic, checksummed, resumable.
 *
 * <p>May use Hadoop's FileSystem, Deeplearning4j's networks, and {@code settings}; knows no images.
 */
package org.sparkvae.job.checkpoint;
