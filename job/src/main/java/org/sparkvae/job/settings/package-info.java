/**
 * What a job is to do, as immutable records.
 *
 * <p>May use the parts in {@code bound}, {@code estimator}, {@code evaluation}, {@code optimiser}
 * and {@code vae}, {@code device} for the precision of its products, the {@code kinds} of {@code
 * analyse}, {@code apply}, {@code track.mlflow} and {@code track.tensorboard}, and Typesafe Config;
 * nothing of Spark.
 */
package org.sparkvae.job.settings;
