/**
 * Who is told of a run beside the person at the console: {@code track.mlflow} and {@code
 * track.tensorboard} tell others, {@code track.run} tells them of a run.
 *
 * <p>Uses nothing else of the project.
 */
package org.sparkvae.job.track;
