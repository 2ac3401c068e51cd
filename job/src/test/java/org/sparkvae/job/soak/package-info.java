/** A training of hours under faults, and how it is told whether a process keeps growing. */
package org.sparkvae.job.soak;
