package org.sparkvae.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.bound.ImportanceWeighted;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.likelihood.Gaussian;
import org.sparkvae.likelihood.Likelihood;
import org.sparkvae.network.Initialisation;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Network;
import org.sparkvae.network.Shape;
import org.sparkvae.posterior.DiagonalGaussian;
import org.sparkvae.prior.Autoregressive;
import org.sparkvae.prior.Mixture;
import org.sparkvae.prior.Prior;
import org.sparkvae.prior.Realnvp;
import org.sparkvae.prior.StandardNormal;
import org.sparkvae.prior.Vampprior;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.Batch;
import org.sparkvae.vae.Contradiction;
import org.sparkvae.vae.DensityNetwork;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;
import org.sparkvae.vae.Vae;

class DensityNetworkTest {
  private static final float[] X = {0, 1, 1, 0, 1};
  private static final Network BODY = new Mlp(List.of(6), Activation.TANH);
  private static final Network LINEAR = new Mlp(List.of(), Activation.TANH);

  private static DensityNetwork network(int latent, Prior prior, Network body, Likelihood of) {
    return new DensityNetwork(latent, prior, body, of, new Initialisation.Glorot());
  }

  private static ImageModel model(int latent, Prior prior) {
    return new ImageModel(Shape.vector(X.length), network(latent, prior, BODY, new Bernoulli()));
  }

  static Stream<ImageModel> models() {
    return Stream.of(
        model(1, new StandardNormal()),
        model(2, new StandardNormal()),
        model(1, new Mixture(3)),
        model(2, new Autoregressive(List.of(4), Activation.TANH)),
        model(2, new Realnvp(2, List.of(4), Activation.TANH)));
  }

  /** The bound of S samples of an image, and the derivative of its loss. */
  private static double bound(ImageModel model, INDArray parameters, INDArray gradient, int s) {
    ObjectiveSpec spec = new ObjectiveSpec(new ImportanceWeighted(s), 1, 0);
    Objective objective = new Objective(model, spec, 1, parameters, gradient);
    System.arraycopy(X, 0, objective.images(), 0, model.x().values());
    objective.noise().draw(ModelCases.key(3, 0), 0, 0, s);
    return objective.differentiate(StepSettings.NONE).sum(Objective.BOUND);
  }

  /** log of the integral of p(z) p(x|z) over one or two dimensions. */
  private static double logP(ImageModel model, INDArray parameters) {
    int latent = model.model().latent();
    double step = 0.2;
    int side = 70;
    int cells = latent == 1 ? side : side * side;
    Recorder recorder = new Recorder(1, cells);
    Matrix z = recorder.constant(cells, latent);
    Batch batch = Batch.of(recorder, model.x());
    Rows logPrior = model.model().prior(recorder, model.x()).orElseThrow().logDensity(z);
    Rows logLikelihood = model.model().given(recorder, z, model.x()).logDensity(batch.images());
    Program program =
        new Program(recorder, model.layout(), parameters, null, List.of(logPrior, logLikelihood));
    double[][] grid = new double[cells][latent];
    for (int i = 0; i < cells; i++) {
      grid[i][0] = (i % side + 0.5 - side / 2) * step;
      if (latent == 2) {
        grid[i][1] = (i / side + 0.5 - side / 2) * step;
      }
    }
    z.value().assign(Nd4j.createFromArray(grid));
    for (int d = 0; d < X.length; d++) {
      batch.images().value().putScalar(d, X[d]);
    }
    program.forward();
    double sum = 0;
    for (int i = 0; i < cells; i++) {
      double logJoint = logPrior.value()[i] + logLikelihood.value()[i];
      sum += Math.exp(logJoint) * Math.pow(step, latent);
    }
    return Math.log(sum);
  }

  /** Of many samples, whose bias is small. */
  @ParameterizedTest
  @MethodSource("models")
  void theBoundAndItsDerivativesAreThoseOfTheIntegral(ImageModel model) {
    INDArray parameters = ModelCases.parameters(model, DataType.DOUBLE, 11);
    INDArray gradient = Nd4j.valueArrayOf(parameters.shape(), Double.NaN, DataType.DOUBLE);
    double bound = bound(model, parameters, gradient, 30_000);
    assertThat(bound).isCloseTo(logP(model, parameters), within(0.02));

    double h = 1e-4;
    for (ParameterLayout.Block block : model.layout().blocks()) {
      INDArray direction = direction(block, parameters.length());
      double slope = -gradient.mul(direction).sumNumber().doubleValue();
      double above = logP(model, parameters.add(direction.mul(h)));
      double below = logP(model, parameters.sub(direction.mul(h)));
      double expected = (above - below) / (2 * h);
      assertThat(slope)
          .as(block.name())
          .isCloseTo(expected, within(0.04 * Math.max(1, Math.abs(expected))));
    }
  }

  private static INDArray direction(ParameterLayout.Block block, long length) {
    Random random = new Random(5);
    INDArray direction = Nd4j.zeros(DataType.DOUBLE, length);
    for (long i = 0; i < block.length(); i++) {
      direction.putScalar(block.offset() + i, random.nextGaussian());
    }
    return direction;
  }

  /** It is the bound of a VAE whose posterior is the prior, to the same noise. */
  @Test
  void theBoundIsThatOfAnEncoderThatSaysNothing() {
    ImageModel model = model(2, new StandardNormal());
    INDArray parameters = ModelCases.parameters(model, DataType.DOUBLE, 11);
    Vae vae =
        new Vae(2, LINEAR, new DiagonalGaussian(), new StandardNormal(), BODY, new Bernoulli());
    ImageModel encoding = new ImageModel(model.x(), vae);
    long head = encoding.parameters() - model.parameters();
    INDArray longer =
        Nd4j.concat(0, Nd4j.zeros(DataType.DOUBLE, head), parameters.reshape(model.parameters()));
    assertThat(bound(model, parameters, parameters.like(), 50))
        .isCloseTo(bound(encoding, longer, longer.like(), 50), within(1e-9));
  }

  /** x = w z + b + noise of variance v: log p(x) = log N(x; b, v I + w w^T). */
  @Test
  void theMeanWeightOfALinearGaussianModelIsItsDensity() {
    ImageModel model =
        new ImageModel(
            Shape.vector(X.length),
            network(1, new StandardNormal(), LINEAR, new Gaussian(Gaussian.Variance.SHARED, 1e-3)));
    INDArray parameters = ModelCases.parameters(model, DataType.DOUBLE, 11);
    double[] values = parameters.toDoubleVector();
    ParameterLayout layout = model.layout();
    int w = (int) layout.block("likelihood.weight").offset();
    int b = (int) layout.block("likelihood.bias").offset();
    double raw = values[(int) layout.block("likelihood.raw-variance").offset()];
    double variance = 1e-3 + Math.log1p(Math.exp(raw));
    double square = 0;
    double along = 0;
    double length = 0;
    for (int d = 0; d < X.length; d++) {
      double off = X[d] - values[b + d];
      square += off * off;
      along += off * values[w + d];
      length += values[w + d] * values[w + d];
    }
    double logDeterminant = X.length * Math.log(variance) + Math.log1p(length / variance);
    double quadratic = (square - along * along / (variance + length)) / variance;
    double logP = -0.5 * (X.length * Math.log(2 * Math.PI) + logDeterminant + quadratic);
    assertThat(bound(model, parameters, parameters.like(), 30_000)).isCloseTo(logP, within(0.01));
  }

  @Test
  void whatAsksForAPosteriorIsRefused() {
    assertThat(model(2, new Vampprior(3)).model().contradiction())
        .contains(
            new Contradiction(
                "prior.type",
                "is vampprior, which is made of posteriors, but a density network has no encoder;"
                    + " choose another prior"));
    assertThat(model(1, new Realnvp(2, List.of(), Activation.TANH)).model().contradiction())
        .map(Contradiction::setting)
        .contains("prior.type");
    assertThat(model(2, new Mixture(3)).model().contradiction()).isEmpty();
    assertThat(Refinement.contradiction(model(2, new StandardNormal()).model())).isPresent();
    assertThat(Refinement.contradiction(ModelCases.specs().get(0).model())).isEmpty();
  }
}
