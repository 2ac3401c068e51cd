package org.sparkvae.tensor.kernels;

/**
 * Which noise the images of a minibatch are given.
 *
 * @param keys of the images' streams, from {@link org.sparkvae.noise.Noise#stream}
 * @param firstSamples the number of the first sample drawn for each image
 * @param counts samples drawn for each image; rows beyond become 0
 */
public record NoiseRows(long[] keys, long[] firstSamples, int[] counts) {}
