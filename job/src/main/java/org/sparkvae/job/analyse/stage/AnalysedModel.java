package org.sparkvae.job.analyse.stage;

import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.vae.ImageModel;

/**
 * A trained model, as the run that it is of uses it.
 *
 * @param spec its parts
 * @param parameters the flat parameter vector
 * @param binariser makes what it sees of images
 * @param seed of the run
 */
public record AnalysedModel(ImageModel spec, float[] parameters, Binariser binariser, long seed) {}
