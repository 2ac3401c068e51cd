package org.sparkvae.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.Elbo;
import org.sparkvae.bound.ImportanceWeighted;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Network;
import org.sparkvae.network.Shape;
import org.sparkvae.noise.Noise;
import org.sparkvae.prior.StandardNormal;
import org.sparkvae.step.Measures;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;
import org.sparkvae.vae.Vae;

class ChainTest {
  private static final int LATENT = 5;
  private static final int IMAGES = 2;
  private static final int SAMPLES = 3;
  private static final double LOG_2PI = Math.log(2 * Math.PI);

  /** Everything that a chain says of a draw, against its precision, inverted in full. */
  @Test
  void isTheGaussianOfItsPrecision() {
    Recorder recorder = new Recorder(IMAGES, SAMPLES);
    Matrix features = recorder.constant(IMAGES, IMAGES);
    Samplable q = new Chain().given(recorder, features, LATENT);
    Drawn drawn = q.draw();
    Matrix mean = q.mean();
    Matrix logVariance = q.logVariance().orElseThrow();
    Rows kl = q.klToStandardNormal().orElseThrow();
    ParameterLayout layout = recorder.layout();
    INDArray parameters = Nd4j.zeros(DataType.DOUBLE, layout.length());
    // Of features that are rows of the unit matrix, the weights are the heads of the images.
    double[][] heads = random(parameters, layout.block("weight"), 1);
    double[][] links = random(parameters, layout.block("link.weight"), 2);
    Program program =
        new Program(
            recorder,
            layout,
            parameters,
            null,
            List.of(drawn.value(), drawn.logDensity(), mean, logVariance, kl));
    features.value().assign(Nd4j.eye(IMAGES));
    for (int image = 0; image < IMAGES; image++) {
      program.noise().draw(ModelCases.key(3, image), image);
    }
    program.noise().send();
    program.forward();

    for (int image = 0; image < IMAGES; image++) {
      double[] means = Arrays.copyOf(heads[image], LATENT);
      double[] a = new double[LATENT];
      for (int i = 0; i < LATENT; i++) {
        a[i] = Math.exp(-0.5 * heads[image][LATENT + i]);
      }
      Dense precision = Dense.ofChain(a, links[image]);
      Dense covariance = precision.inverse();
      double trace = 0;
      double squares = 0;
      for (int i = 0; i < LATENT; i++) {
        double variance = covariance.values()[i][i];
        trace += variance;
        squares += means[i] * means[i];
        assertThat(mean.value().getDouble(image, i)).isEqualTo(means[i]);
        assertThat(logVariance.value().getDouble(image, i))
            .isCloseTo(Math.log(variance), within(1e-12));
      }
      assertThat(kl.value()[image])
          .isCloseTo(0.5 * (trace + squares - LATENT + precision.logDeterminant()), within(1e-12));
      float[] noise = new float[SAMPLES * LATENT];
      Noise.normal(ModelCases.key(3, image), 0, SAMPLES, noise, 0, LATENT, LATENT);
      for (int s = 0; s < SAMPLES; s++) {
        int row = s * IMAGES + image;
        double[] offset = new double[LATENT];
        for (int i = 0; i < LATENT; i++) {
          offset[i] = drawn.value().value().getDouble(row, i) - means[i];
        }
        for (int i = 0; i < LATENT; i++) {
          double next = i + 1 < LATENT ? links[image][i] * offset[i + 1] : 0;
          assertThat(a[i] * offset[i] + next).isCloseTo(noise[s * LATENT + i], within(1e-12));
        }
        double density =
            0.5 * (precision.logDeterminant() - LATENT * LOG_2PI - precision.quadratic(offset));
        assertThat(drawn.logDensity().value()[row]).isCloseTo(density, within(1e-12));
      }
    }
  }

  private static double[][] random(INDArray parameters, ParameterLayout.Block block, long seed) {
    Random random = new Random(seed);
    double[][] values = new double[block.rows()][block.columns()];
    for (int i = 0; i < block.length(); i++) {
      double value = random.nextGaussian();
      values[i / block.columns()][i % block.columns()] = value;
      parameters.putScalar(block.offset() + i, value);
    }
    return values;
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"DOUBLE", "FLOAT"})
  void withoutLinksIsTheDiagonalGaussian(DataType type) {
    for (Bound bound : List.of(new Elbo(3, Elbo.Kl.ANALYTIC), new ImportanceWeighted(3))) {
      ImageModel diagonal = model(new DiagonalGaussian(), ModelCases.LATENT);
      ImageModel chain = model(new Chain(), ModelCases.LATENT);
      INDArray ofDiagonal = ModelCases.parameters(diagonal, type, 5);
      INDArray ofChain = Nd4j.zeros(type, chain.parameters());
      for (ParameterLayout.Block block : diagonal.layout().blocks()) {
        long to = chain.layout().block(block.name()).offset();
        for (long i = 0; i < block.length(); i++) {
          ofChain.putScalar(to + i, ofDiagonal.getDouble(block.offset() + i));
        }
      }
      INDArray expected = ofDiagonal.like();
      INDArray gradient = ofChain.like();

      double value = differentiate(chain, bound, ofChain, gradient);

      double precision = type == DataType.DOUBLE ? 1e-12 : 1e-5;
      double same = differentiate(diagonal, bound, ofDiagonal, expected);
      assertThat(value).isCloseTo(same, within(precision * Math.abs(same)));
      for (ParameterLayout.Block block : diagonal.layout().blocks()) {
        long from = chain.layout().block(block.name()).offset();
        for (long i = 0; i < block.length(); i++) {
          double derivative = expected.getDouble(block.offset() + i);
          assertThat(gradient.getDouble(from + i))
              .isCloseTo(derivative, within(precision * (10 + Math.abs(derivative))));
        }
      }
    }
  }

  private static double differentiate(
      ImageModel model, Bound bound, INDArray parameters, INDArray gradient) {
    Objective objective =
        new Objective(
            model, new ObjectiveSpec(bound, 40, 0), ModelCases.BATCH, parameters, gradient);
    ModelCases.fill(objective, model, bound.samples(), 6);
    Measures value = objective.differentiate(StepSettings.NONE);
    return value.sum(Objective.BOUND);
  }

  @Test
  void startsWithoutLinks() {
    ImageModel model = model(new Chain(), ModelCases.LATENT);
    INDArray parameters = Nd4j.zeros(DataType.FLOAT, model.parameters());
    model.initialise(1, new float[ModelCases.PIXELS], parameters);
    for (String name : List.of("posterior.link.weight", "posterior.link.bias")) {
      ParameterLayout.Block block = model.layout().block(name);
      for (long i = 0; i < block.length(); i++) {
        assertThat(parameters.getDouble(block.offset() + i)).isZero();
      }
    }
    ParameterLayout.Block means = model.layout().block("posterior.weight");
    assertThat(parameters.getDouble(means.offset())).isNotZero();
  }

  @Test
  void ofOneDimensionHasNoLink() {
    assertThat(model(new Chain(), 1).layout().blocks())
        .isEqualTo(model(new DiagonalGaussian(), 1).layout().blocks());
  }

  private static ImageModel model(Posterior posterior, int latent) {
    Network network = ModelCases.networks().get(0);
    return new ImageModel(
        Shape.vector(ModelCases.PIXELS),
        new Vae(latent, network, posterior, new StandardNormal(), network, new Bernoulli()));
  }
}
