package org.sparkvae.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.Elbo;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.optimiser.Adam;
import org.sparkvae.optimiser.Optimiser;
import org.sparkvae.optimiser.Steps;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;
import org.sparkvae.vae.Vae;

/** JavaCPP counts what is allocated off the heap, and is not told of arrays that are kept. */
class StepAllocationTest {
  private static final int STEPS = 20;

  @Test
  void stepsAfterTheFirstAllocateNothingOffTheHeap() {
    Mlp network = new Mlp(List.of(8, 8), Activation.TANH);
    ImageModel model =
        new ImageModel(Shape.vector(16), new Vae(3, network, network, new Bernoulli()));
    INDArray parameters = Nd4j.create(DataType.FLOAT, model.parameters());
    INDArray gradient = parameters.like();
    model.initialise(1, new float[16], parameters);
    Optimiser adam = new Adam(0.9, 0.999, 1e-4);
    INDArray state = Nd4j.create(DataType.FLOAT, Steps.stateLength(adam, parameters.length()));
    Steps optimiser = new Steps(adam, 100, parameters, gradient, state);
    Bound bound = new Elbo(2, Elbo.Kl.ANALYTIC);
    Objective objective =
        new Objective(model, new ObjectiveSpec(bound, 100, 0), 5, parameters, gradient);
    step(objective, optimiser, 1);

    long before = Pointer.totalCount();
    for (int step = 2; step < STEPS; step++) {
      step(objective, optimiser, step);
    }

    assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    long now = Pointer.totalCount();
    INDArray another = Nd4j.create(DataType.FLOAT, 5);
    assertThat(Pointer.totalCount()).as("an array is counted").isGreaterThan(now);
    assertThat(another.length()).isEqualTo(5);
  }

  private static void step(Objective objective, Steps optimiser, int step) {
    assertThat(objective.differentiate(StepSettings.NONE).isFinite()).isTrue();
    optimiser.take(1e-3, step);
  }
}
