/**
 * Finished runs of papers' recipes beside what the papers tell: the program behind {@code
 * submit/reproduce}.
 *
 * <p>May use {@code report.summary} for numbers in words.
 */
package org.sparkvae.job.papers;
