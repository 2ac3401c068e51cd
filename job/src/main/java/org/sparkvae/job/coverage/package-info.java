/**
 * What stated errors are worth: two evaluations of the same images, by independent samples, beside
 * each other. The program behind {@code submit/coverage}.
 *
 * <p>May use {@code evaluate.scoring} and {@code evaluate.table} for the scores, {@code checkpoint}
 * for the names in a run directory, {@code settings.reading}, and {@code data.faults}.
 */
package org.sparkvae.job.coverage;
