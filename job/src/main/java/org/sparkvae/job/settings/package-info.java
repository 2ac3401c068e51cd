/**
 * HOCON to immutable records: every key checked, every error naming its key, file and line.
 *
 * <p>May use Typesafe Config and the model's specs; nothing of Spark.
 */
package org.sparkvae.job.settings;
