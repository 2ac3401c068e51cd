package org.sparkvae.job.settings;

import org.sparkvae.job.track.mlflow.Mlflow;
import org.sparkvae.job.track.tensorboard.Tensorboard;

/**
 * Who else is told of a run.
 *
 * @param mlflow settings, measures, results, pictures and the model
 * @param tensorboard measures and pictures
 */
public record TrackingSettings(Mlflow mlflow, Tensorboard tensorboard) {}
