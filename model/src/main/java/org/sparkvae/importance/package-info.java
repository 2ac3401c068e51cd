/**
 * What importance weights tell of the estimate that they give: their sums, the largest of them, how
 * heavy their tail is, and whether that lets the estimate be trusted.
 *
 * <p>Plain float64 arithmetic on the host.
 *
 * <p>Uses nothing else of the project.
 */
package org.sparkvae.importance;
