/**
 * Spark's scheduler as this job sees it: how many tasks run at once, waiting for what runs, and
 * reaching every process.
 *
 * <p>May use Spark alone.
 */
package org.sparkvae.job.scheduling;
