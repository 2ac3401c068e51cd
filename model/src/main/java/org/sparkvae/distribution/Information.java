package org.sparkvae.distribution;

import org.sparkvae.tensor.Matrix;

/**
 * The Fisher information of distributions by the parameters that a network gives them, where it is
 * diagonal: I_j = E[(d log p / d parameter_j)^2].
 *
 * @param parameters one distribution's in each row, [rows, n]
 * @param root the square root of I, [rows, n], which no derivative flows through
 */
public record Information(Matrix parameters, Matrix root) {}
