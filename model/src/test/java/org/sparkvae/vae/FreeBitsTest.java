package org.sparkvae.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.bound.Beta;
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.Elbo;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.step.Measures;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.kernels.Activation;

/** Two images, two latent dimensions whose means are the pixels, and variances of 1. */
class FreeBitsTest {
  private static final Mlp NONE = new Mlp(List.of(), Activation.TANH);
  private static final ImageModel MODEL =
      new ImageModel(Shape.vector(2), new Vae(2, NONE, NONE, new Bernoulli()));
  private static final float[] IMAGES = {1, 0, 0.5f, 1};

  /** The KL of a dimension is half its mean squared. */
  private static final double[] KL = {(0.5 + 0.125) / 2, (0 + 0.5) / 2};

  @Test
  void aDimensionCountsAtLeastTheFreeBitsOnTheMeanOfTheMinibatch() {
    assertThat(cost(new Elbo(1, Elbo.Kl.ANALYTIC, 0))).isCloseTo(KL[0] + KL[1], within(1e-9));
    assertThat(cost(new Elbo(1, Elbo.Kl.ANALYTIC, 0.3))).isCloseTo(KL[0] + 0.3, within(1e-9));
    assertThat(cost(new Elbo(1, Elbo.Kl.ANALYTIC, 0.4))).isCloseTo(0.8, within(1e-9));
    assertThat(cost(new Beta(1, 3, Elbo.Kl.ANALYTIC, 0.3)))
        .isCloseTo(3 * (KL[0] + 0.3), within(1e-9));
  }

  /** Per image, from what is optimised and told; the KL that is told is that without free bits. */
  private static double cost(Bound bound) {
    Measures value = objective(bound, null).value(StepSettings.NONE);
    assertThat(value.sum(Objective.KL)).isCloseTo(2 * (KL[0] + KL[1]), within(1e-9));
    return (value.sum(Objective.RECONSTRUCTION) - value.sum(Objective.WEIGHTED)) / 2;
  }

  @Test
  void aDimensionWithinTheFreeBitsHasNoDerivative() {
    // With a decoder of zeros, the KL alone moves the means.
    double[] all = slopes(0);
    double[] first = slopes(0.3);
    double[] none = slopes(0.4);
    for (int d = 0; d < 2; d++) {
      assertThat(all[d]).isGreaterThan(0.1);
      assertThat(first[d]).isCloseTo(d == 0 ? all[d] : 0, within(1e-9));
      assertThat(none[d]).isZero();
    }
  }

  /** The derivatives of the loss by the biases of the means. */
  private static double[] slopes(double freeBits) {
    INDArray gradient = Nd4j.zeros(DataType.DOUBLE, MODEL.parameters());
    objective(new Elbo(1, Elbo.Kl.ANALYTIC, freeBits), gradient).differentiate(StepSettings.NONE);
    long bias = MODEL.layout().block("posterior.bias").offset();
    return new double[] {gradient.getDouble(bias), gradient.getDouble(bias + 1)};
  }

  private static Objective objective(Bound bound, INDArray gradient) {
    INDArray parameters = Nd4j.zeros(DataType.DOUBLE, MODEL.parameters());
    long weight = MODEL.layout().block("posterior.weight").offset();
    // [pixels, means and log-variances]
    parameters.putScalar(weight, 1);
    parameters.putScalar(weight + 5, 1);
    Objective objective =
        new Objective(MODEL, new ObjectiveSpec(bound, 2, 0), 2, parameters, gradient);
    System.arraycopy(IMAGES, 0, objective.images(), 0, IMAGES.length);
    return objective;
  }
}
