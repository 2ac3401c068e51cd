/**
 * Models beside each other that were trained and scored under one budget: the program behind {@code
 * submit/zoo}.
 *
 * <p>May use {@code report.summary} for numbers in words, and {@code report.pictures} for whether
 * this Java can draw.
 */
package org.sparkvae.job.zoo;
