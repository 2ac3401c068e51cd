/**
 * Scores as Parquet tables, whole or slice by slice, each marked with the evaluation it is of.
 *
 * <p>May use {@code evaluate.scoring}, {@code checkpoint}, {@code data.images}, {@code table}, of
 * the model {@code importance}, and of Spark its SQL.
 */
package org.sparkvae.job.evaluate.table;
