package org.sparkvae.tensor.kernels;

/**
 * Images whose pixels are chances.
 *
 * @param pixels [images * values], unsigned
 * @param keys of the images' coins
 */
public record PixelRows(byte[] pixels, long[] keys) {}
