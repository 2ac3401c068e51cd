/**
 * What all kinds of sources of images share: what a source tells before it is read, how a task
 * packs its images into blocks, and what is counted meanwhile. A kind adds how it is opened, and a
 * cursor over its images.
 *
 * <p>May use {@code data.conversion}, {@code data.images}, {@code data.faults}, {@code settings},
 * Spark, and Hadoop.
 */
package org.sparkvae.job.data.source;
