/**
 * How the tasks of a barrier stage pass bytes to each other, and wait for each other.
 *
 * <p>May use Spark alone, its block transfer and messages too, which it keeps to itself.
 */
package org.sparkvae.job.exchange;
