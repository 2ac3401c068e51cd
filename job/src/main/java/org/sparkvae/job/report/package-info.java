/**
 * What a person sees: console lines, progress, the summary, pictures.
 *
 * <p>May use {@code checkpoint} for the epochs' records, {@code data} for shapes and {@code
 * settings}; computes nothing of the model itself.
 */
package org.sparkvae.job.report;
