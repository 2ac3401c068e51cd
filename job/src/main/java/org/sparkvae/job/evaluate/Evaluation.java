package org.sparkvae.job.evaluate;

import org.apache.spark.api.java.JavaRDD;
import org.sparkvae.job.evaluate.scoring.ImageScore;
import org.sparkvae.job.evaluate.summary.EvaluationSummary;

/**
 * The outcome of an importance-sampling pass: a summary on the driver, and the images' scores on
 * the executors, in Spark's shuffle files, from which they are read without computing anything
 * twice.
 *
 * @param scores sorted by id
 * @param summary of all of them
 * @param speed of the pass
 */
record Evaluation(JavaRDD<ImageScore> scores, EvaluationSummary summary, ScoringSpeed speed) {}
