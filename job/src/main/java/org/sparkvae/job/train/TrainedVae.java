package org.sparkvae.job.train;

import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.sparkvae.job.checkpoint.EpochRecord;

/**
 * The outcome of training.
 *
 * @param network with the final parameters
 * @param epoch after which it had them: the last, or the best where training looks for it
 * @param history of all epochs
 */
public record TrainedVae(MultiLayerNetwork network, int epoch, List<EpochRecord> history) {}
