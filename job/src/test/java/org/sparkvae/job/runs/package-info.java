/**
 * Tests of whole runs on one machine: what the command reads, writes, prints and refuses, and what
 * it makes of runs that were cut off.
 */
package org.sparkvae.job.runs;
