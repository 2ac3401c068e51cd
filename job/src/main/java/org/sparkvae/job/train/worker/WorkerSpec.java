package org.sparkvae.job.train.worker;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.curvature.Factors;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.optimiser.Optimiser;
import org.sparkvae.optimiser.Steps;
import org.sparkvae.task.Maximise;
import org.sparkvae.task.Restraint;
import org.sparkvae.task.Task;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.ObjectiveSpec;

/**
 * What a worker trains, and how it takes a step.
 *
 * @param model the VAE
 * @param objective what is maximised; N is of the whole training set
 * @param optimiser takes the steps
 * @param restraint of gradients
 * @param batch M, images per minibatch
 * @param binariser makes values of pixels
 * @param seed of shuffling and of posterior noise
 */
public record WorkerSpec(
    ImageModel model,
    ObjectiveSpec objective,
    Optimiser optimiser,
    Restraint restraint,
    int batch,
    Binariser binariser,
    long seed)
    implements Pool.Key<ShardWorker> {
  /** Length of the optimiser's flat state. */
  public long stateLength() {
    return Steps.stateLength(optimiser, task().layout().length())
        + Factors.length(optimiser, model);
  }

  /** A new array for the flat parameter vector. */
  INDArray vector() {
    return Nd4j.create(DataType.FLOAT, 1, task().layout().length());
  }

  /** A new array for the optimiser's flat state; null where it keeps none. */
  INDArray state() {
    long length = stateLength();
    return length == 0 ? null : Nd4j.create(DataType.FLOAT, 1, length);
  }

  /** What a step does. */
  Task task() {
    return new Maximise(model, objective);
  }

  @Override
  public ShardWorker create() {
    return new ShardWorker(this);
  }
}
