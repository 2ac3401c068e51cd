/**
 * What a person sees while the job runs: lines, progress, and the table at its end.
 *
 * <p>May use {@code report.summary}, {@code checkpoint} for the epochs' records, {@code
 * data.images} for shapes, {@code settings}, {@code step} for measures, and {@code
 * settings.reading} to hide secrets.
 */
package org.sparkvae.job.report.console;
