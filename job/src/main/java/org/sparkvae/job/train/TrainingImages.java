package org.sparkvae.job.train;

import java.util.Optional;
import java.util.function.Supplier;
import org.sparkvae.job.data.shards.ImageSet;

/**
 * What is trained on.
 *
 * @param sharding the training images
 * @param reshardEvery epochs between changes of shard; 0 for never
 * @param validation images held out
 * @param meanImage the mean training image, [values] in [0, 1]; asked where training starts anew
 */
public record TrainingImages(
    Sharding sharding,
    int reshardEvery,
    Optional<ImageSet> validation,
    Supplier<float[]> meanImage) {}
