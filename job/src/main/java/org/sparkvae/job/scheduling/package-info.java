/**
 * Spark's scheduler as this job sees it: how many tasks run at once, and waiting for what runs.
 *
 * <p>May use Spark alone.
 */
package org.sparkvae.job.scheduling;
