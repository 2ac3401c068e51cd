/**
 * The run directory on any Hadoop file system: what lies where in it, checksummed and resumable.
 *
 * <p>May use {@code storage}, Hadoop's FileSystem, Deeplearning4j's networks, {@code settings},
 * {@code settings.reading} to store and compare them, and of the model {@code archive}; knows no
 * images.
 */
package org.sparkvae.job.checkpoint;
