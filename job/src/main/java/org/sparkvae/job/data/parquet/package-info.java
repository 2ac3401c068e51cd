/**
 * Parquet tables, which Spark SQL reads and sorts: what their columns of images, labels and ids may
 * hold, and that their row groups fit in memory. And Datasets, whose columns hold the same.
 *
 * <p>May use {@code data.source}, {@code data.conversion}, {@code data.images}, {@code
 * data.faults}, {@code settings}, {@code table}, {@code compute} for the tasks that share a heap,
 * Spark, Hadoop, and Parquet.
 */
package org.sparkvae.job.data.parquet;
