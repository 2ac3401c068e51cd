/**
 * HOCON to immutable records: every key checked, every error naming its key, file and line.
 *
 * <p>May use Typesafe Config, the model's specs, and Hadoop's FileSystem for a settings file that
 * is not local; nothing of Spark.
 */
package org.sparkvae.job.settings;
