/**
 * Parquet tables that say what their rows are of: written from the executors, checked and found
 * again by the driver.
 *
 * <p>May use Hadoop's FileSystem, Parquet, and of Spark its SQL; uses nothing else of the project.
 */
package org.sparkvae.job.table;
