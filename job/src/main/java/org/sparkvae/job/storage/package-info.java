/**
 * Files and directories that are on a Hadoop file system whole or not at all, and the lock by which
 * one job at a time writes to a directory.
 *
 * <p>May use Hadoop's FileSystem, {@code settings} for its exception, and of the model {@code
 * archive} for manifests; knows neither runs nor images.
 */
package org.sparkvae.job.storage;
