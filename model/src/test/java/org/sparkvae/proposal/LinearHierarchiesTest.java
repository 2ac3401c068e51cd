package org.sparkvae.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.codec.Codec;
import org.sparkvae.fixtures.LinearGaussians;
import org.sparkvae.fixtures.LinearGaussians.Normals;
import org.sparkvae.fixtures.LinearGaussians.Values;
import org.sparkvae.network.Initialisation;
import org.sparkvae.network.Network;
import org.sparkvae.network.Shape;
import org.sparkvae.noise.Noise;
import org.sparkvae.posterior.DiagonalGaussian;
import org.sparkvae.posterior.LogVariances;
import org.sparkvae.prior.StandardNormal;
import org.sparkvae.vae.Auxiliary;
import org.sparkvae.vae.Hvae;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Ladder;
import org.sparkvae.vae.Rung;

/**
 * Linear Gaussian ladders, auxiliary variables and models of two variables, of which log p(x) is
 * known, scored by importance sampling.
 */
class LinearHierarchiesTest {
  private static final float[] X = LinearGaussians.X;
  private static final Network LINEAR = LinearGaussians.LINEAR;
  private static final long KEY = Noise.key(5, Noise.Purpose.EVALUATION, 0, 17);

  private static ImageModel ladder(int first, int... above) {
    Rung rungs = new Rung.None();
    for (int i = above.length - 1; i >= 0; i--) {
      rungs = new Rung.Step(above[i], LINEAR, LINEAR, rungs);
    }
    return new ImageModel(
        Shape.vector(X.length),
        new Ladder(
            first,
            LINEAR,
            new LogVariances.Free(),
            new StandardNormal(),
            LINEAR,
            LinearGaussians.LIKELIHOOD,
            rungs,
            new Initialisation.Glorot()));
  }

  /** The model is that of layers that are encoded from below. */
  @Test
  void theMeanWeightOfALadderIsTheDensity() {
    LinearGaussians.assertMeanWeightIsTheDensity(ladder(3, 2), 3, 2);
    LinearGaussians.assertMeanWeightIsTheDensity(ladder(2, 3, 1), 2, 3, 1);
  }

  /** Whatever the auxiliary variable does. */
  @Test
  void theMeanWeightOfAnAuxiliaryModelIsTheDensity() {
    LinearGaussians.assertMeanWeightIsTheDensity(auxiliary(2), 2);
  }

  private static ImageModel auxiliary(int latent) {
    return new ImageModel(
        Shape.vector(X.length),
        new Auxiliary(
            latent,
            LINEAR,
            new DiagonalGaussian(),
            new StandardNormal(),
            LINEAR,
            LinearGaussians.LIKELIHOOD,
            new Auxiliary.Variable(
                3, LINEAR, new DiagonalGaussian(), LINEAR, new DiagonalGaussian()),
            new Initialisation.Glorot()));
  }

  /** x is linear in z1 and z2, side by side, and z1 in z2. */
  @Test
  void theMeanWeightOfTwoVariablesThatTheImageDependsOnIsTheDensity() {
    int n1 = 2;
    int n2 = 3;
    ImageModel model =
        new ImageModel(
            Shape.vector(X.length),
            new Hvae(
                n1,
                LINEAR,
                LINEAR,
                new DiagonalGaussian(),
                new StandardNormal(),
                LINEAR,
                LINEAR,
                LinearGaussians.LIKELIHOOD,
                new Hvae.Top(
                    n2,
                    LINEAR,
                    new DiagonalGaussian(),
                    LINEAR,
                    LINEAR,
                    new DiagonalGaussian(),
                    LINEAR),
                new Initialisation.Glorot()));
    Values values = LinearGaussians.values(model);
    LinearGaussians.widen(values);
    RealMatrix through = values.weight("top.conditional.weight", n1);
    Normals z1 =
        Normals.standard(n2)
            .through(
                through,
                values.bias("top.conditional.bias", 0, n1),
                values.bias("top.conditional.bias", n1, n1).map(Math::exp).toArray());
    // Cov(z1, z2) = W^T.
    RealMatrix covariance = MatrixUtils.createRealIdentityMatrix(n1 + n2);
    covariance.setSubMatrix(z1.covariance().getData(), 0, 0);
    covariance.setSubMatrix(through.transpose().getData(), 0, n1);
    covariance.setSubMatrix(through.getData(), n1, 0);
    Normals code = new Normals(z1.mean().append(new ArrayRealVector(n2)), covariance);
    LinearGaussians.assertMeanWeightIs(values.images(code).logDensity(X), values);
  }

  /**
   * A ladder of variables of one dimension whose messages are the densities of the image by them,
   * up to a factor: message l is p(x|zl), so that its product with p(zl|zl+1) is p(zl|zl+1, x).
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void everyWeightIsTheDensityWhereMessagesAreLikelihoods(int layers) {
    int[] latents = new int[layers];
    Arrays.fill(latents, 1);
    ImageModel model = ladder(1, Arrays.copyOfRange(latents, 1, layers));
    Values values = LinearGaussians.values(model);
    List<Normals> codes = values.codes(latents);

    // x = a zl + b + noise for each l, the noise of covariance S: precision a^T S^-1 a.
    RealVector slope = values.weight("likelihood.weight", X.length).getRowVector(0);
    RealVector offset = values.bias("likelihood.bias", 0, X.length);
    RealMatrix noise =
        MatrixUtils.createRealIdentityMatrix(X.length).scalarMultiply(values.noise());
    for (int l = 0; l < layers; l++) {
      String at = "above.".repeat(l);
      RealVector bySlope = MatrixUtils.inverse(noise).operate(slope);
      double precision = bySlope.dotProduct(slope);
      boolean topmost = l == layers - 1;
      // The topmost posterior is the message alone, which has the prior in it.
      double whole = precision + (topmost ? 1 : 0);
      double[] weight = new double[2 * X.length];
      for (int d = 0; d < X.length; d++) {
        weight[2 * d] = bySlope.getEntry(d) / whole;
      }
      // Features are the image itself: the encoders' bodies are identities.
      values.set(at + "posterior.weight", weight);
      values.set(at + "posterior.bias", -bySlope.dotProduct(offset) / whole, -Math.log(whole));
      if (!topmost) {
        String up = "above.".repeat(l + 1) + "conditional.";
        double w = values.at(up + "weight", 0);
        double variance = Math.exp(values.at(up + "bias", 1));
        offset = offset.add(slope.mapMultiply(values.at(up + "bias", 0)));
        noise = noise.add(slope.outerProduct(slope).scalarMultiply(variance));
        slope = slope.mapMultiply(w);
      }
    }

    double exact = values.images(codes.get(0)).logDensity(X);
    assertThat(LinearGaussians.logWeights(values, 50))
        .containsOnly(new double[] {exact}, within(1e-9));
  }

  /** p(a|z, x) = q(a|x), and a posterior of z that a does not move: the plain model's weights. */
  @Test
  void anAuxiliaryVariableThatSaysNothingChangesNothing() {
    ImageModel model = auxiliary(1);
    Values values = LinearGaussians.values(model);
    int a = 3;
    double[] moments = {0.3, -0.2, 0.9, -0.5, 0.1, 0.4};
    values.set("auxiliary.posterior.weight", new double[X.length * 2 * a]);
    values.set("auxiliary.posterior.bias", moments);
    values.set("auxiliary.conditional.weight", new double[(X.length + 1) * 2 * a]);
    values.set("auxiliary.conditional.bias", moments);
    RealVector slope = values.weight("likelihood.weight", X.length).getRowVector(0);
    RealVector offset = values.bias("likelihood.bias", 0, X.length);
    double precision = 1 + slope.dotProduct(slope) / values.noise();
    double[] weight = new double[2 * (X.length + a)];
    for (int d = 0; d < X.length; d++) {
      weight[2 * d] = slope.getEntry(d) / values.noise() / precision;
    }
    values.set("posterior.weight", weight);
    values.set(
        "posterior.bias",
        -slope.dotProduct(offset) / values.noise() / precision,
        -Math.log(precision));

    double exact = values.images(Normals.standard(1)).logDensity(X);
    assertThat(LinearGaussians.logWeights(values, 50))
        .containsOnly(new double[] {exact}, within(1e-9));
  }

  /** Of draws that share the upper variables, and of which the lower ones have no noise left. */
  @Test
  void rowsShareTheirUpperVariables() {
    ImageModel model = ladder(2, 3, 1);
    Values values = LinearGaussians.values(model);
    for (String name : List.of("above.conditional.bias", "above.above.conditional.bias")) {
      double[] bias = values.bias(name, 0, model.layout().block(name).columns()).toArray();
      Arrays.fill(bias, bias.length / 2, bias.length, -80);
      values.set(name, bias);
    }
    Codec codec = new Codec(model, Nd4j.createFromArray(values.all()));
    assertThat(codec.variables()).isEqualTo(3);
    for (int kept = 1; kept < 3; kept++) {
      float[][] images = codec.sampleBelow(new long[] {KEY, KEY + 1}, 2, 3, kept);
      assertThat(images).hasNumberOfRows(6);
      for (int i = 0; i < 3; i++) {
        assertThat(images[i]).containsExactly(images[0], within(1e-6f));
        assertThat(images[3 + i]).containsExactly(images[3], within(1e-6f));
      }
      assertThat(images[3]).isNotEqualTo(images[0]);
    }
    // Draws of the lower ones differ where they have noise.
    Values loose = LinearGaussians.values(model);
    float[][] images =
        new Codec(model, Nd4j.createFromArray(loose.all()))
            .sampleBelow(new long[] {KEY, KEY + 1}, 1, 2, 2);
    assertThat(images[0]).isNotEqualTo(images[1]);
  }
}
