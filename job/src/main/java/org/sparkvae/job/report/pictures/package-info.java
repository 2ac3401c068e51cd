/**
 * The pictures of a run, drawn without a display from plain numbers.
 *
 * <p>May use {@code report.drawing}, {@code report.summary} for readable numbers, {@code
 * checkpoint} for the epochs' records, {@code data.images} for shapes, and of the model {@code
 * prior} for mixtures in numbers; computes nothing of the model itself.
 */
package org.sparkvae.job.report.pictures;
