/**
 * Runs a stage that does something with a trained model: images in groups on the executors, the
 * table slice by slice, and what it is known again by.
 *
 * <p>May use {@code apply}, {@code checkpoint}, {@code compute}, {@code data.faults}, {@code
 * data.images}, {@code data.shards}, {@code evaluate.scoring} for ids, {@code report.summary} for
 * figures as JSON, {@code scheduling}, {@code table}, of the model {@code kinds} and {@code vae},
 * and of Spark its SQL.
 */
package org.sparkvae.job.apply.stage;
