package org.sparkvae.tensor;

import java.util.List;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.tensor.kernels.Kernels;

/** The Bernoulli log-likelihood of images from logits and their bias. */
record BernoulliLogLikelihood(Matrix x, Matrix logits, Parameter bias, Rows out)
    implements Operation {
  @Override
  public List<Node> inputs() {
    return List.of(x, logits);
  }

  @Override
  public void forward(Kernels kernels) {
    kernels.bernoulliLogLikelihood(
        x.value(), logits.value(), bias.value(), out.value(), logits.gradient());
  }

  @Override
  public void backward(Kernels kernels) {
    kernels.scaleRows(logits.gradient(), out.gradient());
    kernels.activateBackward(
        logits.gradient(), logits.gradient(), Activation.IDENTITY, bias.claim(), bias.gradient());
  }
}
