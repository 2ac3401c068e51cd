/** The command: reads the settings, runs the pipeline, and turns every failure into one line. */
package org.sparkvae.job;
