/**
 * IDX files, as MNIST has them: a plain one is read in ranges by many tasks, a gzipped one by one.
 *
 * <p>May use {@code data.source}, {@code data.conversion}, {@code data.images}, {@code
 * data.faults}, {@code settings}, Spark, and Hadoop.
 */
package org.sparkvae.job.data.idx;
