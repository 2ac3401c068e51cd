/**
 * What a job is to do, as immutable records.
 *
 * <p>May use {@code kinds} and the model's specs in {@code bound}, {@code dl4j}, {@code likelihood}
 * and {@code vae}, and Typesafe Config; nothing of Spark.
 */
package org.sparkvae.job.settings;
