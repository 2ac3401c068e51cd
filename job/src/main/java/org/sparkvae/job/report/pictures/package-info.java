/**
 * The pictures of a run, drawn without a display from plain numbers.
 *
 * <p>May use {@code report.summary} for readable numbers, {@code checkpoint} for the epochs'
 * records, and {@code data.images} for shapes; computes nothing of the model itself.
 */
package org.sparkvae.job.report.pictures;
