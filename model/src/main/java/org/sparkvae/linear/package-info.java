/**
 * Linear Gaussian models of images: sums over images, the covariance that they give, and the models
 * of maximum likelihood, in float64 in host memory by OpenBLAS, whatever computes the rest.
 *
 * <p>May use nothing of this project.
 */
package org.sparkvae.linear;
