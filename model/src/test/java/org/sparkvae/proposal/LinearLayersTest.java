package org.sparkvae.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.codec.Codec;
import org.sparkvae.evaluation.Normal;
import org.sparkvae.fixtures.LinearGaussians;
import org.sparkvae.fixtures.LinearGaussians.Normals;
import org.sparkvae.fixtures.LinearGaussians.Values;
import org.sparkvae.network.Initialisation;
import org.sparkvae.network.Network;
import org.sparkvae.network.Shape;
import org.sparkvae.noise.Noise;
import org.sparkvae.posterior.DiagonalGaussian;
import org.sparkvae.prior.StandardNormal;
import org.sparkvae.vae.Above;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Layered;

/** A hierarchy of linear Gaussians, of which log p(x) is known, scored by importance sampling. */
class LinearLayersTest {
  private static final float[] X = LinearGaussians.X;
  private static final Network LINEAR = LinearGaussians.LINEAR;
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
            LinearGaussians.LIKELIHOOD,
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

  @Test
  void theMeanWeightIsTheDensity() {
    LinearGaussians.assertMeanWeightIsTheDensity(linear(3, 2), 3, 2);
    LinearGaussians.assertMeanWeightIsTheDensity(linear(2, 3, 1), 2, 3, 1);
  }

  /** All variables of one dimension: q(z1|x) = p(z1|x) and q(zl+1|zl) = p(zl+1|zl) by Bayes. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void everyWeightIsTheDensityWhereThePosteriorsAreExact(int layers) {
    int[] latents = new int[layers];
    Arrays.fill(latents, 1);
    ImageModel model = linear(1, Arrays.copyOfRange(latents, 1, layers));
    Values values = LinearGaussians.values(model);
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
    assertThat(LinearGaussians.logWeights(values, 50))
        .containsOnly(new double[] {exact}, within(1e-9));
  }

  /** The mean of q(z2|z1) is linear in z1, that of q(z3|z2) in z2. */
  @Test
  void meansAboveAreOverTheDrawsBelow() {
    ImageModel model = linear(2, 3, 1);
    Values values = LinearGaussians.values(model);
    INDArray vector = Nd4j.createFromArray(values.all());
    LogWeights weights = new LogWeights(model, vector, 40_000, new Normal());
    weights.image(X, new Encoding(model, vector).propose(X, 0));
    weights.sample(KEY, 0, 30_000, new double[30_000], new double[30_000]);

    float[] z1 = weights.posteriorMeans().get(0);
    float[] z2 = through(values, "above.posterior.", z1, 3);
    float[] z3 = through(values, "above.above.posterior.", z2, 1);
    assertThat(weights.posteriorMeans()).hasSize(3);
    assertThat(weights.posteriorMeans().get(1)).containsExactly(z2, within(0.02f));
    assertThat(weights.posteriorMeans().get(2)).containsExactly(z3, within(0.02f));
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
    Values values = LinearGaussians.values(model);
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
