/**
 * The directories that a job writes to, looked at before anything is done.
 *
 * <p>May use {@code settings}, {@code apply}, {@code data.folder}, {@code table} and {@code
 * track.mlflow}, and Hadoop's configuration; nothing of Spark.
 */
package org.sparkvae.job.places;
