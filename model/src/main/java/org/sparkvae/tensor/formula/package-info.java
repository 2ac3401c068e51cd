/**
 * Formulas: densities and elementwise maps written once, as expressions over named operands, whose
 * derivatives follow from them.
 *
 * <p>A formula is compiled to a short list of instructions, which run over blocks of float32 values
 * in cache, or as plain ND4J operations on any type and backend. May use ND4J, and of {@code
 * tensor} its vector mathematics and the memory of arrays; knows no operation of a recording.
 */
package org.sparkvae.tensor.formula;
