/**
 * What a job is to do, as immutable records.
 *
 * <p>May use the parts in {@code bound}, {@code evaluation}, {@code optimiser} and {@code vae}, and
 * Typesafe Config; nothing of Spark.
 */
package org.sparkvae.job.settings;
