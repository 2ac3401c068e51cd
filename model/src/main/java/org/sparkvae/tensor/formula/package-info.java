/**
 * Formulas: densities and elementwise maps written once, as expressions over named operands, whose
 * derivatives follow from them.
 *
 * <p>A formula is compiled to a short list of instructions, which run over blocks of float32 values
 * in cache, or as plain ND4J operations on any type and backend. It knows no operation of a
 * recording.
 *
 * <p>May use {@code host}.
 */
package org.sparkvae.tensor.formula;
