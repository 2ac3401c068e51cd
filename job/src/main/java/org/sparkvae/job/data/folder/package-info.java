/**
 * Folders of PNG and JPEG files, which the driver lists and tasks read.
 *
 * <p>May use {@code data.source}, {@code data.conversion}, {@code data.images}, {@code
 * data.faults}, {@code settings}, Spark, and Hadoop.
 */
package org.sparkvae.job.data.folder;
