/**
 * Recordings of fused differentiable operations, the programs that replay them on ND4J arrays,
 * parameters as one flat vector, and noise.
 *
 * <p>The only room, beside {@code dl4j}, that may call ND4J operations. It knows nothing of
 * variational autoencoders: the rooms above compose its operations.
 *
 * <p>May use {@code tensor.formula}, ND4J and the JDK's Vector API.
 */
package org.sparkvae.tensor;
