/**
 * Settings that are right by themselves but contradict one another.
 *
 * <p>May use {@code settings}, {@code analyse}, {@code apply}, {@code annealing}, {@code
 * curvature}, {@code distribution}, {@code likelihood}, {@code objective}, {@code optimiser},
 * {@code proposal} and {@code vae}; nothing of Spark.
 */
package org.sparkvae.job.settings.checks;
