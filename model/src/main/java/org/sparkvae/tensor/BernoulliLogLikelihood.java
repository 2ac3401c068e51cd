package org.sparkvae.tensor;

/** The Bernoulli log-likelihood of images from logits and their bias. */
record BernoulliLogLikelihood(Kernels kernels, Matrix x, Matrix logits, Parameter bias, Rows out)
    implements Tape.Operation {

  @Override
  public void forward() {
    kernels.bernoulliLogLikelihood(
        x.value(), logits.value(), bias.value(), out.value(), logits.gradient());
  }

  @Override
  public void backward() {
    kernels.scaleRows(logits.gradient(), out.gradient());
    kernels.activateBackward(
        logits.gradient(), logits.gradient(), Activation.IDENTITY, bias.claim(), bias.gradient());
  }
}
