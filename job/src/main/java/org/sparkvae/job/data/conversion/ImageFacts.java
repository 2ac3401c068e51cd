package org.sparkvae.job.data.conversion;

/**
 * What there was to an image beside its values.
 *
 * @param range of its values, before it was resized
 * @param resized whether it had another size
 * @param recoloured whether it had another colour
 * @param transparent whether it could have transparency
 */
public record ImageFacts(
    ValueRange range, boolean resized, boolean recoloured, boolean transparent) {}
