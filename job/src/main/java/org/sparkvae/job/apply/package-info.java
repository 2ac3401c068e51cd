/**
 * What can be done with a trained model, a record a stage of the pipeline: its settings, what it
 * computes of which images or draws, the columns of its table, and what is told and drawn of it. A
 * stage is handed images, executors and a sheet to draw on, and knows neither the run nor where its
 * results go.
 *
 * <p>May use {@code data.faults} for images that do not fit, {@code report.summary} for readable
 * numbers, of the model {@code codec}, {@code imputation}, {@code kinds}, {@code likelihood},
 * {@code network}, {@code noise} and {@code vae}, and of Spark the rows of its tables.
 */
package org.sparkvae.job.apply;
