package org.sparkvae.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.evaluation.Normal;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.prior.Bernoulli.Means;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Vae;

/** Importance weights of bits against sums over all codes, which are written out here. */
class DiscreteCodesTest {
  private static final int BITS = 3;
  private static final int SAMPLES = 20_000;
  private static final float[] X = {1, 0, 1, 1};
  private static final Mlp NONE = new Mlp(List.of(), Activation.TANH);
  private static final ImageModel MODEL =
      new ImageModel(
          Shape.vector(X.length),
          new Vae(
              BITS,
              NONE,
              new org.sparkvae.posterior.Bernoulli(),
              new org.sparkvae.prior.Bernoulli(Means.LEARNED),
              NONE,
              new Bernoulli()));
  private static final INDArray AT = ModelCases.parameters(MODEL, DataType.FLOAT, 4, 1);

  private static double at(String block, int row, int column) {
    ParameterLayout.Block of = MODEL.layout().block(block);
    return AT.getDouble(of.offset() + (long) row * of.columns() + column);
  }

  private static double mean(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  private static double probability(double bit, double logit) {
    return bit == 1 ? mean(logit) : 1 - mean(logit);
  }

  private static double priorLogit(int d) {
    return at("prior.logits", 0, d);
  }

  private static double posteriorLogit(int d) {
    double logit = at("posterior.bias", 0, d);
    for (int p = 0; p < X.length; p++) {
      logit += X[p] * at("posterior.weight", p, d);
    }
    return logit;
  }

  /** p(x, z). */
  private static double joint(int code) {
    double joint = 1;
    for (int d = 0; d < BITS; d++) {
      joint *= probability(code >> d & 1, priorLogit(d));
    }
    for (int p = 0; p < X.length; p++) {
      double logit = at("likelihood.bias", 0, p);
      for (int d = 0; d < BITS; d++) {
        logit += (code >> d & 1) * at("likelihood.weight", d, p);
      }
      joint *= probability(X[p], logit);
    }
    return joint;
  }

  private static LogWeights weights() {
    LogWeights weights = new LogWeights(MODEL, AT, 100, new Normal());
    weights.image(X, new Encoding(MODEL, AT).propose(X, 0));
    return weights;
  }

  @Test
  void theMeanWeightIsTheSumOverAllCodes() {
    double evidence = 0;
    for (int code = 0; code < 1 << BITS; code++) {
      evidence += joint(code);
    }
    double[] ratios = weights().sample(ModelCases.key(3, 0), SAMPLES);
    for (int s = 0; s < SAMPLES; s++) {
      ratios[s] = Math.exp(ratios[s]) / evidence;
    }
    double mean = Arrays.stream(ratios).average().orElseThrow();
    double squares = Arrays.stream(ratios).map(r -> (r - mean) * (r - mean)).sum();
    double error = Math.sqrt(squares) / SAMPLES;
    assertThat(error).isLessThan(0.02);
    assertThat(mean).isCloseTo(1, within(4 * error));
  }

  @Test
  void theKlTermIsTheSumOverAllBits() {
    double kl = 0;
    for (int d = 0; d < BITS; d++) {
      double q = mean(posteriorLogit(d));
      double p = mean(priorLogit(d));
      kl += q * Math.log(q / p) + (1 - q) * Math.log((1 - q) / (1 - p));
    }
    assertThat(weights().kl().orElseThrow()).isCloseTo(kl, within(1e-5));
  }

  @Test
  void theCodeThatStandsForAnImageIsTheMean() {
    float[] code = weights().posteriorMeans().get(0);
    for (int d = 0; d < BITS; d++) {
      assertThat(code[d]).isCloseTo((float) mean(posteriorLogit(d)), within(1e-6f));
    }
    assertThat(weights().posteriorStandardDeviation()).isEmpty();
  }
}
