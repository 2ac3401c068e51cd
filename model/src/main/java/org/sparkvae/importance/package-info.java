/**
 * What weights tell of the estimate that is their mean: their sums, the largest of them, how heavy
 * their tail is or how alike they are, and whether that lets the estimate be trusted.
 *
 * <p>Plain float64 arithmetic on the host.
 *
 * <p>Uses nothing else of the project.
 */
package org.sparkvae.importance;
