/**
 * HOCON to settings and back: every key checked, every error naming its key, file and line; the
 * configurations of stored runs compared; the documentation of all settings.
 *
 * <p>May use {@code settings}, {@code settings.checks}, {@code storage} for where a run's file is,
 * {@code analyse}, {@code apply}, {@code track.mlflow}, {@code track.tensorboard}, {@code kinds},
 * {@code annealing}, {@code bound}, {@code curvature}, {@code estimator}, {@code evaluation},
 * {@code likelihood}, {@code objective}, {@code optimiser}, {@code proposal}, {@code device} and
 * {@code vae}, Typesafe Config, and Hadoop's FileSystem for a settings file that is not local;
 * nothing of Spark.
 */
package org.sparkvae.job.settings.reading;
