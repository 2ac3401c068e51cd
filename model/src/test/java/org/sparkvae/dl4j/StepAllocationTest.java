package org.sparkvae.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.bound.BoundSpec;
import org.sparkvae.likelihood.LikelihoodSpec;
import org.sparkvae.tensor.Activation;
import org.sparkvae.vae.NetworkSpec;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;
import org.sparkvae.vae.VaeParameters;
import org.sparkvae.vae.VaeSpec;

/** JavaCPP counts what is allocated off the heap, and is not told of arrays that are kept. */
class StepAllocationTest {
  private static final int STEPS = 20;

  @Test
  void stepsAfterTheFirstAllocateNothingOffTheHeap() {
    NetworkSpec network = new NetworkSpec(List.of(8, 8), Activation.TANH);
    VaeSpec model = new VaeSpec(16, 3, network, network, new LikelihoodSpec.Bernoulli());
    INDArray parameters = Nd4j.create(DataType.FLOAT, VaeParameters.count(model));
    INDArray gradient = parameters.like();
    VaeParameters.initialise(model, 1, new float[16], parameters);
    OptimiserSpec adam = new OptimiserSpec.Adam(0.9, 0.999, 1e-4);
    INDArray state = Nd4j.create(DataType.FLOAT, Optimiser.stateLength(adam, parameters.length()));
    Optimiser optimiser = new Optimiser(adam, 100, parameters, gradient, state);
    BoundSpec bound = new BoundSpec.Elbo(2, BoundSpec.Kl.ANALYTIC);
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

  private static void step(Objective objective, Optimiser optimiser, int step) {
    assertThat(objective.differentiate(1).isFinite()).isTrue();
    optimiser.step(1e-3, step);
  }
}
