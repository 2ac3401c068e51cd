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
import org.sparkvae.evaluation.Normal;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.likelihood.Gaussian;
import org.sparkvae.network.Initialisation;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Network;
import org.sparkvae.network.Shape;
import org.sparkvae.noise.Noise;
import org.sparkvae.posterior.DiagonalGaussian;
import org.sparkvae.prior.StandardNormal;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.Above;
import org.sparkvae.vae.Codec;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Layered;

/** A hierarchy of linear Gaussians, of which log p(x) is known, scored by importance sampling. */
class LinearLayersTest {
  private static final float[] X = {0.2f, 0.9f, 0.6f, 0.1f};
  private static final double MIN_VARIANCE = 1e-3;
  private static final Network LINEAR = new Mlp(List.of(), Activation.TANH);
  private static final long KEY = Noise.key(5, Noise.Purpose.EVALUATION, 0, 17);

  /** x = W1 z1 + b1 + noise, z1 = W2 z2 + b2 + noise, and so on: all maps are linear. */
  private static ImageModel linear(int first, int... above) {
    return new ImageModel(
        Shape.vector(X.length),
        new Layered(
            first,
            LINEAR,
            new DiagonalGaussian(),
            new StandardNormal(),
            LINEAR,
            new Gaussian(Gaussian.Variance.SHARED, MIN_VARIANCE),
            above(above),
            new Initialisation.Glorot()));
  }

  private static Above above(int... latents) {
    Above above = new Above.None();
    for (int i = latents.length - 1; i >= 0; i--) {
      above = new Above.Layer(latents[i], LINEAR, new DiagonalGaussian(), LINEAR, above);
    }
    return above;
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
  void theMeanWeightIsTheDensity() {
    assertMeanWeightIsTheDensity(3, 2);
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
    float[] z2 = through(values, "above.posterior.", z1, 3);
    float[] z3 = through(values, "above.above.posterior.", z2, 1);
    assertThat(weights.meansAbove()).hasSize(2);
    assertThat(weights.meansAbove().get(0)).containsExactly(z2, within(0.02f));
    assertThat(weights.meansAbove().get(1)).containsExactly(z3, within(0.02f));
  }

  private static float[] through(Values values, String posterior, float[] mean, int latent) {
    RealMatrix weight = values.weight(posterior + "weight", latent);
    float[] through = new float[latent];
    for (int j = 0; j < latent; j++) {
      through[j] = (float) values.at(posterior + "bias", j);
      for (int i = 0; i < mean.length; i++) {
        through[j] += (float) weight.getEntry(i, j) * mean[i];
      }
    }
    return through;
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
}
