/**
 * The face that Spark ML knows: an estimator and a model with Params, in Pipelines and under
 * CrossValidator, on the job's own engine. {@code sparkvae.py} among the resources is the same for
 * Python.
 *
 * <p>May use {@code job} for training, {@code checkpoint}, {@code compute}, {@code data}, {@code
 * data.parquet}, {@code data.conversion}, {@code data.faults}, {@code data.images}, {@code
 * data.source}, {@code evaluate} and {@code evaluate.scoring}, {@code settings}, {@code
 * settings.reading}, {@code train.weights}, of the model {@code archive}, {@code codec}, {@code
 * dl4j}, {@code network} and {@code vae}, Typesafe Config, Hadoop's FileSystem, and Spark SQL and
 * ML.
 */
package org.sparkvae.job.ml;
