package org.sparkvae.job.analyse.stage;

import java.util.Optional;
import org.sparkvae.job.analyse.Archive;
import org.sparkvae.job.apply.stage.AppliedModel;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.evaluate.scoring.SetWithIds;

/**
 * What is analysed.
 *
 * @param model that was trained
 * @param test images that it is tried on
 * @param training images that it was trained on, where a kind needs them
 * @param archive what lies beside the model
 */
public record Analysed(
    AppliedModel model, SetWithIds test, Optional<ImageSet> training, Archive archive) {}
