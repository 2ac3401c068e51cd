package org.sparkvae.tensor.formula;

/**
 * What is computed: a formula, summed over the axes that the output does not have.
 *
 * @param formula a value for each row and column
 * @param axes of the sum
 */
public record Output(Formula formula, Axes axes) {}
