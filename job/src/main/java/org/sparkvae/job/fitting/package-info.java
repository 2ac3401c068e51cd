/**
 * Fits mixtures of Gaussians of any covariance to vectors that lie in the cluster.
 *
 * <p>May use of the model {@code mixture} and {@code prior}.
 */
package org.sparkvae.job.fitting;
