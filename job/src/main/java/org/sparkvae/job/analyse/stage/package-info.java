/**
 * The stage that analyses a trained model: images in groups on the executors, rows stored as they
 * come, tables that tell which analysis they are of, and what is told of them.
 *
 * <p>May use {@code analyse}, {@code apply} and {@code apply.stage}, {@code checkpoint}, {@code
 * compute}, {@code data.images}, {@code data.shards}, {@code evaluate.scoring} for ids and
 * failures, {@code report.summary}, {@code scheduling}, {@code settings} and {@code
 * settings.reading} for other runs, {@code table}, Typesafe Config, of the model {@code dl4j} and
 * {@code vae}, and of Spark its SQL.
 */
package org.sparkvae.job.analyse.stage;
