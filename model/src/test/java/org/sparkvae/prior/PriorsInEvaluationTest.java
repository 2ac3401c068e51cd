package org.sparkvae.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.annealing.AnnealedWeights;
import org.sparkvae.annealing.AnnealedWeights.Chains;
import org.sparkvae.evaluation.Annealed;
import org.sparkvae.evaluation.Refined;
import org.sparkvae.evaluation.StudentT;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.posterior.DiagonalGaussian;
import org.sparkvae.posterior.Householder;
import org.sparkvae.posterior.Posterior;
import org.sparkvae.proposal.Encoding;
import org.sparkvae.proposal.LogWeights;
import org.sparkvae.proposal.Refinement;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.Batch;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Vae;

/** Every estimate of log p(x) under priors of learned parameters, against quadrature over codes. */
class PriorsInEvaluationTest {
  private static final float[] X = {0, 1, 1, 0, 1, 0, 0};
  private static final int SAMPLES = 4_000;
  private static final int CHAINS = 16;

  static Stream<Arguments> models() {
    List<Prior> priors =
        List.of(
            new Mixture(4),
            new Autoregressive(List.of(5), Activation.TANH),
            new Realnvp(3, List.of(5), Activation.TANH));
    List<Posterior> posteriors =
        List.of(new DiagonalGaussian(), new Householder(2, new DiagonalGaussian()));
    return priors.stream().flatMap(p -> posteriors.stream().map(q -> Arguments.of(p, q)));
  }

  private static ImageModel model(Prior prior, Posterior posterior) {
    Mlp body = new Mlp(List.of(6), Activation.TANH);
    return new ImageModel(
        Shape.vector(X.length), new Vae(2, body, posterior, prior, body, new Bernoulli()));
  }

  @ParameterizedTest
  @MethodSource("models")
  void estimatesAgreeWithQuadrature(Prior prior, Posterior posterior) {
    ImageModel model = model(prior, posterior);
    INDArray parameters = ModelCases.parameters(model, DataType.FLOAT, 11).muli(0.6);
    double logP = logP(model, parameters);

    Refined refined = new Refined(5, 20, 0.15, Refined.Covariance.FULL, new StudentT(5));
    LogWeights weights = new LogWeights(model, parameters, 500, refined.tails());
    weights.image(X, new Encoding(model, parameters).propose(X, 1));
    requireMean(weights.sample(ModelCases.key(6, 0), SAMPLES), logP);
    weights.image(X, new Refinement(model, parameters, refined).propose(X, ModelCases.key(7, 0)));
    requireMean(weights.sample(ModelCases.key(6, 1), SAMPLES), logP);

    for (Annealed.Start start : Annealed.Start.values()) {
      Annealed how = new Annealed(start, CHAINS, 10, 2, 0);
      List<Chains> chains =
          LongStream.range(0, 32).mapToObj(image -> new Chains(image, X, 0)).toList();
      double[][] annealed =
          new AnnealedWeights(model, parameters, how, 3, CHAINS).logWeights(chains);
      requireMean(Arrays.stream(annealed).flatMapToDouble(DoubleStream::of).toArray(), logP);
    }
  }

  private static void requireMean(double[] logWeights, double logP) {
    double[] ratios = DoubleStream.of(logWeights).map(w -> Math.exp(w - logP)).toArray();
    double mean = DoubleStream.of(ratios).average().orElseThrow();
    double squares = DoubleStream.of(ratios).map(r -> (r - mean) * (r - mean)).sum();
    double error = Math.sqrt(squares) / ratios.length;
    assertThat(error).isBetween(1e-5, 0.05);
    assertThat(mean).isCloseTo(1, within(4 * error));
  }

  /** log of the integral of p(z) p(x|z) over the plane. */
  private static double logP(ImageModel model, INDArray parameters) {
    int side = 200;
    double step = 0.1;
    Recorder recorder = new Recorder(1, side * side);
    Matrix z = recorder.constant(side * side, 2);
    Batch batch = new Batch(model.x(), recorder.constant(1, X.length));
    Rows logPrior = model.model().prior(recorder, model.x()).orElseThrow().logDensity(z);
    Rows logLikelihood = model.model().given(recorder, z, model.x()).logDensity(batch.images());
    Program program =
        new Program(recorder, model.layout(), parameters, null, List.of(logPrior, logLikelihood));
    float[] grid = new float[2 * side * side];
    for (int i = 0; i < side * side; i++) {
      grid[2 * i] = (float) ((i / side + 0.5 - side / 2) * step);
      grid[2 * i + 1] = (float) ((i % side + 0.5 - side / 2) * step);
    }
    program.kernels().copyIn(grid, z.value());
    program.kernels().copyIn(X, batch.images().value());
    program.forward();
    double sum = 0;
    for (int i = 0; i < side * side; i++) {
      sum += Math.exp(logPrior.value()[i] + logLikelihood.value()[i]) * step * step;
    }
    return Math.log(sum);
  }
}
