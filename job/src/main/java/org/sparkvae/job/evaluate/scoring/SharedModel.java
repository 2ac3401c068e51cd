package org.sparkvae.job.evaluate.scoring;

import org.apache.spark.broadcast.Broadcast;
import org.sparkvae.vae.ImageModel;

/**
 * A model that the executors have, too.
 *
 * @param name that no other evaluation has
 * @param spec its parts
 * @param parameters the flat parameter vector
 */
public record SharedModel(String name, ImageModel spec, Broadcast<float[]> parameters) {}
