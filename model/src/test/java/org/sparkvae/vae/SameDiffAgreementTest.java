package org.sparkvae.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.Elbo;
import org.sparkvae.bound.ImportanceWeighted;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.likelihood.Likelihood;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.noise.Noise;
import org.sparkvae.step.Measures;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.kernels.Activation;

/** The objective and its gradient against SameDiff, an independent automatic differentiation. */
class SameDiffAgreementTest {
  private static final int PIXELS = ModelCases.PIXELS;
  private static final int LATENT = ModelCases.LATENT;
  private static final int BATCH = ModelCases.BATCH;
  private static final int SAMPLES = 3;
  private static final int TRAINING_IMAGES = 40;
  private static final double LOG_2PI = Math.log(2 * Math.PI);

  static Stream<Arguments> models() {
    return ModelCases.likelihoods().stream()
        .flatMap(
            likelihood ->
                Stream.of(
                        Activation.TANH,
                        Activation.RELU,
                        Activation.SOFTPLUS,
                        Activation.ELU,
                        Activation.LEAKY_RELU)
                    .flatMap(
                        activation ->
                            Stream.of(
                                    new Elbo(SAMPLES, Elbo.Kl.ANALYTIC),
                                    new ImportanceWeighted(SAMPLES))
                                .map(bound -> Arguments.of(likelihood, activation, bound))));
  }

  @ParameterizedTest
  @MethodSource("models")
  void lossAndGradientAgree(Likelihood likelihood, Activation activation, Bound bound) {
    ImageModel spec =
        new ImageModel(
            Shape.vector(PIXELS),
            new Vae(
                LATENT,
                new Mlp(List.of(6), activation),
                new Mlp(List.of(5), activation),
                likelihood));
    INDArray parameters = ModelCases.parameters(spec, DataType.DOUBLE, 3);
    INDArray gradient = parameters.like();
    Objective objective =
        new Objective(
            spec, new ObjectiveSpec(bound, TRAINING_IMAGES, 0), BATCH, parameters, gradient);
    ModelCases.fill(objective, spec, SAMPLES, 4);
    Measures value = objective.differentiate(StepSettings.NONE);

    Graph graph = new Graph(spec, parameters, objective);
    SDVariable loss = graph.meanBound(bound).mul(-(double) TRAINING_IMAGES);
    loss.markAsLoss();
    String[] names = graph.blocks.keySet().toArray(new String[0]);
    double expectedLoss = loss.eval().getDouble(0);
    Map<String, INDArray> expected = graph.sd.calculateGradients(Map.of(), names);

    assertThat(-(double) TRAINING_IMAGES / BATCH * value.sum(Objective.BOUND))
        .isCloseTo(expectedLoss, within(1e-9 * Math.abs(expectedLoss)));
    for (ParameterLayout.Block block : spec.layout().blocks()) {
      double[] ours =
          gradient
              .get(NDArrayIndex.interval(block.offset(), block.offset() + block.length()))
              .toDoubleVector();
      double[] theirs =
          expected.get(block.name()).dup('c').reshape(block.length()).toDoubleVector();
      assertThat(ours).as(block.name()).containsExactly(theirs, within(1e-8));
    }
  }

  /** The same model written down in SameDiff. */
  private static final class Graph {
    final SameDiff sd = SameDiff.create();
    final Map<String, SDVariable> blocks = new LinkedHashMap<>();
    final ImageModel spec;
    final SDVariable x;
    final SDVariable noise;

    Graph(ImageModel spec, INDArray parameters, Objective objective) {
      this.spec = spec;
      for (ParameterLayout.Block block : spec.layout().blocks()) {
        INDArray slice =
            parameters
                .get(NDArrayIndex.interval(block.offset(), block.offset() + block.length()))
                .dup()
                .reshape('c', new long[] {block.rows(), block.columns()});
        blocks.put(block.name(), sd.var(block.name(), slice));
      }
      INDArray images = host(objective.images(), BATCH, PIXELS);
      x = sd.constant("x", Nd4j.concat(0, images, images, images));
      noise = sd.constant("noise", host(noise(), SAMPLES * BATCH, LATENT));
    }

    /** The noise that {@link ModelCases#fill} draws, sample-major. */
    private static float[] noise() {
      float[] noise = new float[SAMPLES * BATCH * LATENT];
      for (int image = 0; image < BATCH; image++) {
        long key = ModelCases.key(4, image);
        Noise.normal(key, 0, SAMPLES, noise, image * LATENT, BATCH * LATENT, LATENT);
      }
      return noise;
    }

    SDVariable meanBound(Bound bound) {
      SDVariable packed =
          affine(
              "posterior",
              hidden("encoder.0", x, ((Mlp) ModelCases.vae(spec).encoder()).activation()));
      SDVariable mean = columns(packed, 0, LATENT);
      SDVariable logVariance = columns(packed, LATENT, 2 * LATENT);
      SDVariable z = mean.add(sd.math.exp(logVariance.mul(0.5)).mul(noise));
      SDVariable h = hidden("decoder.0", z, ((Mlp) ModelCases.vae(spec).decoder()).activation());
      SDVariable logLikelihood =
          new SameDiffLikelihoods(sd, blocks, x).of(ModelCases.vae(spec).likelihood(), h);
      if (bound instanceof Elbo) {
        SDVariable kl =
            sd.math.exp(logVariance).add(mean.mul(mean)).sub(1.0).sub(logVariance).mul(0.5).sum(1);
        return logLikelihood.sub(kl).mean();
      }
      SDVariable logPrior = z.mul(z).add(LOG_2PI).mul(-0.5).sum(1);
      SDVariable logPosterior = noise.mul(noise).add(logVariance).add(LOG_2PI).mul(-0.5).sum(1);
      SDVariable logWeights = logLikelihood.add(logPrior).sub(logPosterior).reshape(SAMPLES, BATCH);
      return sd.math.log(sd.math.exp(logWeights).mean(0)).mean();
    }

    private SDVariable hidden(String name, SDVariable in, Activation activation) {
      SDVariable a = affine(name, in);
      return switch (activation) {
        case IDENTITY -> a;
        case TANH -> sd.math.tanh(a);
        case RELU -> sd.nn.relu(a, 0);
        case SOFTPLUS -> sd.nn.softplus(a);
        case ELU -> sd.nn.elu(a);
        // Its own takes the slope in float32.
        case LEAKY_RELU -> sd.nn.relu(a, 0).sub(sd.nn.relu(a.neg(), 0).mul(0.01));
      };
    }

    private SDVariable affine(String name, SDVariable in) {
      return in.mmul(blocks.get(name + ".weight")).add(blocks.get(name + ".bias"));
    }

    private SDVariable columns(SDVariable packed, int from, int to) {
      int rows = SAMPLES * BATCH;
      return sd.slice(packed, new int[] {0, from}, rows, to - from);
    }

    private static INDArray host(float[] values, int rows, int columns) {
      return Nd4j.createFromArray(values)
          .castTo(DataType.DOUBLE)
          .reshape('c', new long[] {rows, columns});
    }
  }
}
