package org.sparkvae.job.train;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.train.weights.Weights;
import org.sparkvae.job.train.worker.WorkerSpec;
import org.sparkvae.noise.Noise;
import org.sparkvae.optimiser.Steps;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.vae.Objective;

/** Plain training in a loop: the reference that knows no Spark, no shards and no rounds. */
final class SequentialTraining {
  private final WorkerSpec spec;
  private final INDArray parameters;
  private final INDArray gradient;
  private final INDArray state;
  private final Steps optimiser;
  private long step;

  SequentialTraining(WorkerSpec spec, Weights start) {
    this.spec = spec;
    parameters = Nd4j.createFromArray(start.parameters()).reshape(1, start.parameters().length);
    gradient = Nd4j.create(DataType.FLOAT, 1, start.parameters().length);
    state =
        start.state().length == 0
            ? null
            : Nd4j.createFromArray(start.state()).reshape(1, start.state().length);
    optimiser =
        new Steps(spec.optimiser(), spec.objective().trainingImages(), parameters, gradient, state);
  }

  void epoch(ImageBlock images, int epoch, double learningRate, double klWeight) {
    int[] order =
        Noise.permutation(Noise.key(spec.seed(), Noise.Purpose.SHUFFLE, epoch, 0), images.size());
    for (int first = 0; first < images.size(); first += spec.batch()) {
      int count = Math.min(spec.batch(), images.size() - first);
      int[] batch = java.util.Arrays.copyOfRange(order, first, first + count);
      step(images, batch, epoch, learningRate, klWeight);
    }
  }

  void step(ImageBlock images, int[] batch, int epoch, double learningRate, double klWeight) {
    Objective objective =
        new Objective(spec.model(), spec.objective(), batch.length, parameters, gradient);
    int pixels = spec.model().x().values();
    for (int i = 0; i < batch.length; i++) {
      long id = images.ids()[batch[i]];
      spec.binariser().write(images, batch[i], epoch, objective.images(), i * pixels);
      long key = Noise.key(spec.seed(), Noise.Purpose.TRAINING, epoch, id);
      objective.noise().draw(key, i, 0, spec.objective().bound().samples());
    }
    objective.differentiate(new StepSettings(learningRate, klWeight));
    takeStates();
    optimiser.take(learningRate, ++step);
  }

  /** What stands in the gradient of a state is its next value. */
  private void takeStates() {
    for (ParameterLayout.Block block : spec.model().layout(spec.objective()).states()) {
      for (long i = block.offset(); i < block.offset() + block.length(); i++) {
        parameters.putScalar(i, gradient.getFloat(i));
        gradient.putScalar(i, 0);
      }
    }
  }

  float[] parameters() {
    return parameters.dup().data().asFloat();
  }

  float[] state() {
    return state == null ? new float[0] : state.dup().data().asFloat();
  }
}
