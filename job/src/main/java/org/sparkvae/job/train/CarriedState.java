package org.sparkvae.job.train;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.optimiser.Optimiser;
import org.sparkvae.optimiser.Steps;
import org.sparkvae.tensor.kernels.FlatVector;

/**
 * An optimiser's state of one network, for another one of the same model: its moments, then what it
 * keeps of the model beside them.
 *
 * @param state flat
 * @param stride from a moment to the next: what the model has, then what an estimator keeps
 */
record CarriedState(INDArray state, long stride) {
  /** Sets the state of a network to that of another with as many moments; N may be another. */
  static void between(MultiLayerNetwork from, MultiLayerNetwork to) {
    Optimiser optimiser = VaeNetwork.optimiser(to);
    CarriedState there = of(from);
    CarriedState here = of(to);
    if (here.state == null) {
      return;
    }
    long ofModel = VaeNetwork.parameters(to).length();
    for (int m = 0; m < optimiser.moments(); m++) {
      // What an estimator keeps may be another's.
      here.part(m * here.stride, ofModel).assign(there.part(m * there.stride, ofModel));
    }
    long before = VaeNetwork.objective(from).trainingImages();
    long now = VaeNetwork.objective(to).trainingImages();
    Steps.rescale(optimiser, here.stride, here.state, (double) now / before);
    long moments = optimiser.moments() * here.stride;
    long rest = here.state.length() - moments;
    if (rest > 0) {
      here.part(moments, rest).assign(there.part(optimiser.moments() * there.stride, rest));
    }
  }

  private static CarriedState of(MultiLayerNetwork network) {
    return new CarriedState(
        VaeNetwork.optimiserState(network), VaeNetwork.vector(network).length());
  }

  private INDArray part(long first, long length) {
    return FlatVector.part(state, first, first + length);
  }
}
