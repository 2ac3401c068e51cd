package org.sparkvae.density.levels;

import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Parameter;
import org.sparkvae.tensor.Rows;

/**
 * What a categorical log-likelihood is of, and where it goes.
 *
 * @param x [images, pixels] in [0, 1]
 * @param logits without the bias, [rows, pixels * levels], levels innermost
 * @param bias [pixels * levels]
 * @param levels of a pixel
 * @param out [rows]
 */
record CategoricalScore(Matrix x, Matrix logits, Parameter bias, int levels, Rows out) {}
