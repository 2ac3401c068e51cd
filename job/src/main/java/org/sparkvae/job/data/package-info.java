/**
 * Image sources, and the shards of packed uint8 blocks that they are cut into.
 *
 * <p>May use Spark, Hadoop, {@code settings} and the model's noise; knows no model.
 */
package org.sparkvae.job.data;
