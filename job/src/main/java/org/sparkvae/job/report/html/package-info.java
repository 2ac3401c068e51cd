/**
 * A run on one page of HTML that needs nothing beside it: figures, tables and pictures, to be read
 * in the light, in the dark and on a phone.
 *
 * <p>May use {@code report.summary} for readable numbers and {@code checkpoint} for the epochs'
 * records, and a template library; knows neither the run directory nor Spark.
 */
package org.sparkvae.job.report.html;
