/**
 * What a run came to, in numbers, and how these are written: {@code summary.json}, and as a person
 * reads them.
 *
 * <p>Uses nothing else of the project.
 */
package org.sparkvae.job.report.summary;
