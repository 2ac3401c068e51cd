/**
 * What can be found out about a trained model, a record a kind: its settings, what it computes of
 * which images, and what is told of it. A kind is handed images, codes, executors, what lies beside
 * the model, and a sheet to draw on, and knows not where its results go.
 *
 * <p>May use {@code apply} for images and models, {@code data.faults} for images that do not do,
 * {@code fitting} for mixtures, {@code report.summary} for readable numbers, {@code table} for the
 * marks of tables, of the model {@code annealing}, {@code codec}, {@code evaluation}, {@code
 * importance}, {@code kinds}, {@code likelihood}, {@code mixture}, {@code network}, {@code noise},
 * {@code prior}, {@code proposal} and {@code vae}, and of Spark the rows of its tables and its
 * machine learning.
 */
package org.sparkvae.job.analyse;
