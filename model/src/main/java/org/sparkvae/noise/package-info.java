/**
 * Counter-based noise: uniforms, normals and coins that follow from a key and a place alone, in
 * scalar loops and in loops of vectors that give the same bits.
 *
 * <p>May use {@code host}.
 */
package org.sparkvae.noise;
