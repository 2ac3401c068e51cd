/**
 * What pictures are drawn with: paper and pens, charts, grids of images, legends.
 *
 * <p>May use {@code data.images} for shapes.
 */
package org.sparkvae.job.report.drawing;
