/**
 * Tells trackers of a run, so that none of them can fail it or slow it: what they were told stands
 * in the run directory, so that a run that goes on repeats nothing.
 *
 * <p>May use {@code track}, {@code checkpoint}, {@code storage}, {@code report.summary} for JSON,
 * {@code settings}, {@code settings.reading} to leave out secrets, and of the model {@code archive}
 * for the names of its files.
 */
package org.sparkvae.job.track.run;
