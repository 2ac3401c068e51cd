package org.sparkvae.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.MultivariateNormalDistribution;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.bound.Elbo;
import org.sparkvae.bound.ImportanceWeighted;
import org.sparkvae.estimator.DoublyReparameterised;
import org.sparkvae.estimator.StickingTheLanding;
import org.sparkvae.evaluation.Normal;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.likelihood.Gaussian;
import org.sparkvae.likelihood.Likelihood;
import org.sparkvae.network.Initialisation;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Network;
import org.sparkvae.network.Shape;
import org.sparkvae.noise.Noise;
import org.sparkvae.objective.ObjectiveLimits;
import org.sparkvae.posterior.DiagonalGaussian;
import org.sparkvae.posterior.Grid;
import org.sparkvae.posterior.Posterior;
import org.sparkvae.prior.Mixture;
import org.sparkvae.prior.Prior;
import org.sparkvae.prior.StandardNormal;
import org.sparkvae.prior.Vampprior;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.Above;
import org.sparkvae.vae.Codec;
import org.sparkvae.vae.Contradiction;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Layered;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;
import org.sparkvae.vae.Vae;

/** Several stochastic layers, scored by importance sampling. */
class LayeredTest {
  private static final float[] X = {0.2f, 0.9f, 0.6f, 0.1f};
  private static final double MIN_VARIANCE = 1e-3;
  private static final Network LINEAR = new Mlp(List.of(), Activation.TANH);
  private static final Network BODY = new Mlp(List.of(6), Activation.TANH);
  private static final long KEY = Noise.key(5, Noise.Purpose.EVALUATION, 0, 17);

  private static Layered model(
      int latent, Posterior posterior, Prior prior, Network body, Likelihood of, Above above) {
    return new Layered(
        latent, body, posterior, prior, body, of, above, new Initialisation.Glorot());
  }

  private static Above above(int... latents) {
    Above above = new Above.None();
    for (int i = latents.length - 1; i >= 0; i--) {
      above = new Above.Layer(latents[i], LINEAR, new DiagonalGaussian(), LINEAR, above);
    }
    return above;
  }

  /** x = W1 z1 + b1 + noise, z1 = W2 z2 + b2 + noise, and so on: all maps are linear. */
  private static ImageModel linear(int first, int... above) {
    return new ImageModel(
        Shape.vector(X.length),
        model(
            first,
            new DiagonalGaussian(),
            new StandardNormal(),
            LINEAR,
            new Gaussian(Gaussian.Variance.SHARED, MIN_VARIANCE),
            above(above)));
  }

  /** Random parameters, with variances that depend on nothing. */
  private static double[] parameters(ImageModel model) {
    double[] values = ModelCases.parameters(model, DataType.DOUBLE, 11).toDoubleVector();
    for (ParameterLayout.Block block : model.layout().blocks()) {
      String name = block.name();
      if (name.endsWith("posterior.weight") || name.endsWith("conditional.weight")) {
        int columns = block.columns();
        for (int i = 0; i < block.length(); i++) {
          values[(int) block.offset() + i] *= i % columns < columns / 2 ? 1 : 0;
        }
      }
    }
    return values;
  }

  /** A Gaussian. */
  private record Normals(RealVector mean, RealMatrix covariance) {
    static Normals standard(int n) {
      return new Normals(
          MatrixUtils.createRealVector(new double[n]), MatrixUtils.createRealIdentityMatrix(n));
    }

    /** Of weight^T z + bias + noise of such variances. */
    Normals through(RealMatrix weight, RealVector bias, double[] variances) {
      RealMatrix transposed = weight.transpose();
      return new Normals(
          transposed.operate(mean).add(bias),
          transposed
              .multiply(covariance)
              .multiply(weight)
              .add(MatrixUtils.createRealDiagonalMatrix(variances)));
    }

    double logDensity(float[] x) {
      double[] values = new double[x.length];
      Arrays.setAll(values, i -> x[i]);
      return Math.log(
          new MultivariateNormalDistribution(mean.toArray(), covariance.getData()).density(values));
    }
  }

  /** The parameters of a linear model by their names. */
  private record Values(ImageModel model, double[] all) {
    double at(String name, int i) {
      return all[(int) model.layout().block(name).offset() + i];
    }

    void set(String name, double... values) {
      int offset = (int) model.layout().block(name).offset();
      System.arraycopy(values, 0, all, offset, values.length);
    }

    /** Some first columns of a weight. */
    RealMatrix weight(String name, int columns) {
      ParameterLayout.Block block = model.layout().block(name);
      RealMatrix weight = MatrixUtils.createRealMatrix(block.rows(), columns);
      for (int i = 0; i < block.rows(); i++) {
        for (int j = 0; j < columns; j++) {
          weight.setEntry(i, j, at(name, i * block.columns() + j));
        }
      }
      return weight;
    }

    RealVector bias(String name, int first, int count) {
      double[] bias = new double[count];
      Arrays.setAll(bias, i -> at(name, first + i));
      return MatrixUtils.createRealVector(bias);
    }

    double noise() {
      return MIN_VARIANCE + Math.log1p(Math.exp(at("likelihood.raw-variance", 0)));
    }

    /** p(z1), then p(z2), and so on to the top. */
    List<Normals> codes(int... latents) {
      List<Normals> codes = new ArrayList<>();
      Normals code = Normals.standard(latents[latents.length - 1]);
      codes.add(code);
      for (int i = latents.length - 2; i >= 0; i--) {
        int n = latents[i];
        String name = "above.".repeat(i + 1) + "conditional.";
        code =
            code.through(
                weight(name + "weight", n),
                bias(name + "bias", 0, n),
                bias(name + "bias", n, n).map(Math::exp).toArray());
        codes.add(0, code);
      }
      return codes;
    }

    Normals images(Normals code) {
      double[] variances = new double[X.length];
      Arrays.fill(variances, noise());
      return code.through(
          weight("likelihood.weight", X.length), bias("likelihood.bias", 0, X.length), variances);
    }
  }

  private static double[] logWeights(ImageModel model, double[] parameters, int count) {
    INDArray vector = Nd4j.createFromArray(parameters);
    LogWeights weights = new LogWeights(model, vector, 500, new Normal());
    weights.image(X, new Encoding(model, vector).propose(X, 0));
    return weights.sample(KEY, count);
  }

  @Test
  void theMeanWeightOfTwoLinearLayersIsTheDensity() {
    assertMeanWeightIsTheDensity(3, 2);
  }

  @Test
  void theMeanWeightOfThreeLinearLayersIsTheDensity() {
    assertMeanWeightIsTheDensity(2, 3, 1);
  }

  /** Posteriors wider than what they stand for, so that weights have a variance. */
  private static void widen(Values values) {
    for (ParameterLayout.Block block : values.model().layout().blocks()) {
      if (block.name().endsWith("posterior.bias")) {
        double[] bias = values.bias(block.name(), 0, block.columns()).toArray();
        Arrays.fill(bias, bias.length / 2, bias.length, 0.8);
        values.set(block.name(), bias);
      }
    }
  }

  private static void assertMeanWeightIsTheDensity(int... latents) {
    ImageModel model = linear(latents[0], Arrays.copyOfRange(latents, 1, latents.length));
    Values values = new Values(model, parameters(model));
    widen(values);
    double exact = values.images(values.codes(latents).get(0)).logDensity(X);
    double[] relative =
        Arrays.stream(logWeights(model, values.all(), 100_000))
            .map(logWeight -> Math.exp(logWeight - exact))
            .toArray();
    double mean = Arrays.stream(relative).average().orElseThrow();
    double variance =
        Arrays.stream(relative).map(w -> (w - mean) * (w - mean)).average().orElseThrow();
    double error = Math.sqrt(variance / relative.length);
    assertThat(error).isLessThan(0.03);
    assertThat(mean).isCloseTo(1, within(4 * error));
  }

  /** All variables of one dimension: q(z1|x) = p(z1|x) and q(zl+1|zl) = p(zl+1|zl) by Bayes. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void everyWeightIsTheDensityWhereThePosteriorsAreExact(int layers) {
    int[] latents = new int[layers];
    Arrays.fill(latents, 1);
    ImageModel model = linear(1, Arrays.copyOfRange(latents, 1, layers));
    Values values = new Values(model, parameters(model));
    List<Normals> codes = values.codes(latents);

    Normals z1 = codes.get(0);
    double precision = 1 / z1.covariance().getEntry(0, 0);
    double bias = precision * z1.mean().getEntry(0);
    double[] byPixel = new double[X.length];
    for (int d = 0; d < X.length; d++) {
      double w = values.at("likelihood.weight", d);
      precision += w * w / values.noise();
      bias -= w * values.at("likelihood.bias", d) / values.noise();
      byPixel[d] = w / values.noise();
    }
    double[] weight = new double[2 * X.length];
    for (int d = 0; d < X.length; d++) {
      weight[2 * d] = byPixel[d] / precision;
    }
    values.set("posterior.weight", weight);
    values.set("posterior.bias", bias / precision, -Math.log(precision));

    for (int l = 1; l < layers; l++) {
      String at = "above.".repeat(l);
      double w = values.at(at + "conditional.weight", 0);
      double b = values.at(at + "conditional.bias", 0);
      double noise = Math.exp(values.at(at + "conditional.bias", 1));
      double variance = codes.get(l).covariance().getEntry(0, 0);
      double p = 1 / variance + w * w / noise;
      double mean = codes.get(l).mean().getEntry(0) / variance - w * b / noise;
      values.set(at + "posterior.weight", w / noise / p, 0);
      values.set(at + "posterior.bias", mean / p, -Math.log(p));
    }

    double exact = values.images(z1).logDensity(X);
    assertThat(logWeights(model, values.all(), 50))
        .containsOnly(new double[] {exact}, within(1e-9));
  }

  /** The mean of q(z2|z1) is linear in z1, that of q(z3|z2) in z2. */
  @Test
  void meansAboveAreOverTheDrawsBelow() {
    ImageModel model = linear(2, 3, 1);
    Values values = new Values(model, parameters(model));
    INDArray vector = Nd4j.createFromArray(values.all());
    LogWeights weights = new LogWeights(model, vector, 40_000, new Normal());
    weights.image(X, new Encoding(model, vector).propose(X, 0));
    weights.sample(KEY, 0, 30_000, new double[30_000], new double[30_000]);

    float[] z1 = weights.posteriorMean();
    double[] z2 = through(values, "above.posterior.", new double[] {z1[0], z1[1]}, 3);
    double[] z3 = through(values, "above.above.posterior.", z2, 1);
    assertThat(weights.meansAbove()).hasSize(2);
    assertClose(weights.meansAbove().get(0), z2);
    assertClose(weights.meansAbove().get(1), z3);
  }

  private static double[] through(Values values, String posterior, double[] mean, int latent) {
    return values
        .weight(posterior + "weight", latent)
        .transpose()
        .operate(MatrixUtils.createRealVector(mean))
        .add(values.bias(posterior + "bias", 0, latent))
        .toArray();
  }

  private static void assertClose(float[] found, double[] expected) {
    double[] wide = new double[found.length];
    Arrays.setAll(wide, d -> found[d]);
    assertThat(wide).containsExactly(expected, within(0.02));
  }

  /** z1's own deviations, of draws from the topmost layer down. */
  @Test
  void codesAreDrawnThroughAllLayers() {
    int[] latents = {2, 3, 1};
    ImageModel model = linear(2, 3, 1);
    Values values = new Values(model, parameters(model));
    Normals z1 = values.codes(latents).get(0);
    float[][] quantiles = new Codec(model, Nd4j.createFromArray(values.all())).quantiles(KEY, 3);
    for (int d = 0; d < 2; d++) {
      double mean = z1.mean().getEntry(d);
      double deviation = Math.sqrt(z1.covariance().getEntry(d, d));
      double sixth = 0.967421566101701;
      assertThat((quantiles[d][0] - mean) / deviation).isCloseTo(-sixth, within(0.05));
      assertThat((quantiles[d][1] - mean) / deviation).isCloseTo(0, within(0.05));
      assertThat((quantiles[d][2] - mean) / deviation).isCloseTo(sixth, within(0.05));
    }
  }

  /** With nothing above, it is the VAE, bit for bit. */
  @Test
  void oneLayerIsThePlainModel() {
    ImageModel one =
        new ImageModel(
            Shape.vector(X.length),
            model(
                2,
                new DiagonalGaussian(),
                new StandardNormal(),
                BODY,
                new Bernoulli(),
                new Above.None()));
    ImageModel plain = new ImageModel(one.x(), new Vae(2, BODY, BODY, new Bernoulli()));
    assertThat(one.layout().blocks()).isEqualTo(plain.layout().blocks());
    assertThat(gradient(one)).containsExactly(gradient(plain));
  }

  private static double[] gradient(ImageModel model) {
    INDArray parameters = ModelCases.parameters(model, DataType.FLOAT, 11);
    INDArray gradient = parameters.like();
    ObjectiveSpec spec = new ObjectiveSpec(new Elbo(3, Elbo.Kl.MONTE_CARLO), 1, 0);
    Objective objective = new Objective(model, spec, 1, parameters, gradient);
    System.arraycopy(X, 0, objective.images(), 0, X.length);
    objective.noise().draw(KEY, 0);
    objective.differentiate(StepSettings.NONE);
    return gradient.castTo(DataType.DOUBLE).toDoubleVector();
  }

  @Test
  void theSummaryNamesEveryLayer() {
    Above top = new Above.Layer(2, LINEAR, new DiagonalGaussian(), LINEAR, new Above.None());
    Above middle = new Above.Layer(3, BODY, new DiagonalGaussian(), BODY, top);
    Layered three = model(5, new DiagonalGaussian(), new Mixture(3), BODY, new Bernoulli(), middle);
    assertThat(three.summary(Shape.vector(9)))
        .isEqualTo("9-6-z5-6-z3-z2-z3-6-z5-6-9, Bernoulli, mixture as prior");
    assertThat(three.title()).isEqualTo("a variational autoencoder of 3 stochastic layers");
    assertThat(three.layers()).isEqualTo(3);
  }

  @Test
  void whatNeedsOneLayerIsRefused() {
    Layered two = (Layered) linear(3, 2).model();
    assertThat(two.contradiction()).isEmpty();
    assertThat(
            model(3, new DiagonalGaussian(), new Vampprior(4), BODY, new Bernoulli(), above(2))
                .contradiction())
        .contains(
            new Contradiction(
                "prior.type",
                "is vampprior, which is made of posteriors of images, but the topmost of 2"
                    + " stochastic layers is encoded from the one below; choose another prior"));
    Above grid = new Above.Layer(3, LINEAR, new Grid(2, 2), LINEAR, new Above.None());
    assertThat(
            model(3, new DiagonalGaussian(), new StandardNormal(), BODY, new Bernoulli(), grid)
                .contradiction())
        .map(Contradiction::setting)
        .hasValueSatisfying(setting -> assertThat(setting).startsWith("above.posterior."));
    assertThat(ObjectiveLimits.of(two, new ImportanceWeighted(5), new DoublyReparameterised()))
        .contains(
            new Contradiction(
                "estimator.type",
                "is doubly-reparameterised, which holds for one stochastic layer under this"
                    + " training.bound, but the model has 2; set it to reparameterised"));
    assertThat(ObjectiveLimits.of(two, new Elbo(1, Elbo.Kl.MONTE_CARLO), new StickingTheLanding()))
        .isEmpty();
  }
}
