/**
 * HOCON to immutable records: every key checked, every error naming its key, file and line.
 *
 * <p>May use Typesafe Config, Hadoop's FileSystem for a settings file that is not local, and of the
 * model what its specifications are made of, {@code vae}, {@code bound}, {@code likelihood}, {@code
 * dl4j} and {@code tensor}; nothing of Spark.
 */
package org.sparkvae.job.settings;
