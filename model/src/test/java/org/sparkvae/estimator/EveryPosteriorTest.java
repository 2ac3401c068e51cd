package org.sparkvae.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.Elbo;
import org.sparkvae.bound.ImportanceWeighted;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Initialisation;
import org.sparkvae.objective.ObjectiveLimits;
import org.sparkvae.prior.StandardNormal;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;
import org.sparkvae.vae.Vae;

/**
 * Every estimator on every posterior and prior beside the reparameterised one on the same noise:
 * the difference of the two has the mean 0, and is 0 for the decoder.
 */
class EveryPosteriorTest {
  private static final int IMAGES = 100;
  private static final int REPEATS = 14;
  private static final double ERRORS = 5;
  private static final double KL_WEIGHT = 0.6;

  /** Reparameterised gradients by model and bound, of the last ones: estimators follow in turn. */
  private static final Map<List<Object>, List<double[]>> PLAIN = new HashMap<>();

  static Stream<Arguments> cases() {
    List<Bound> bounds = List.of(new Elbo(2, Elbo.Kl.MONTE_CARLO), new ImportanceWeighted(3));
    return ModelCases.specs().stream()
        .filter(EveryPosteriorTest::isPlain)
        // A derivative through bits has another mean: BitsTest has theirs.
        .filter(
            model ->
                ObjectiveLimits.of(model.model(), bounds.get(0), new Reparameterised()).isEmpty())
        .distinct()
        .flatMap(
            model ->
                bounds.stream()
                    .flatMap(
                        bound ->
                            ModelCases.estimators().stream()
                                .filter(one -> !one.equals(new Reparameterised()))
                                // It has another mean.
                                .filter(one -> !one.equals(new Rws()))
                                // Scores are of the posterior alone, whatever the prior.
                                .filter(one -> !one.scoresDraws() || isUnderThePlainPrior(model))
                                .filter(
                                    one -> ObjectiveLimits.of(model.model(), bound, one).isEmpty())
                                .map(one -> Arguments.of(model, bound, one))));
  }

  /** Those of several layers, and of one network and likelihood with any posterior or prior. */
  private static boolean isPlain(ImageModel model) {
    return model.model().layers() > 1
        || model.model() instanceof Vae vae
            && vae.encoder().equals(ModelCases.networks().get(0))
            && vae.likelihood().equals(new Bernoulli())
            && vae.initialisation().equals(new Initialisation.Glorot());
  }

  private static boolean isUnderThePlainPrior(ImageModel model) {
    return model.model() instanceof Vae vae
        ? vae.prior().equals(new StandardNormal())
        : !ModelCases.underOtherPriors().contains(model);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hasTheMeanOfTheReparameterisedGradient(ImageModel model, Bound bound, Estimator estimator) {
    List<ParameterLayout.Block> blocks = model.layout().blocks();
    double[] sums = new double[blocks.size()];
    double[] squares = new double[blocks.size()];
    List<double[]> plain = plain(model, bound);
    Gradient other = new Gradient(model, bound, estimator);
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      double[] one = plain.get(repeat);
      double[] two = other.at(repeat);
      for (int b = 0; b < sums.length; b++) {
        double difference = along(blocks.get(b), one) - along(blocks.get(b), two);
        sums[b] += difference;
        squares[b] += difference * difference;
      }
    }
    for (int b = 0; b < sums.length; b++) {
      double mean = sums[b] / REPEATS;
      double error = Math.sqrt(Math.max(0, squares[b] / REPEATS - mean * mean) / (REPEATS - 1));
      String name = blocks.get(b).name();
      assertThat(mean).as(name).isCloseTo(0, within(ERRORS * error + 1e-8));
      if (name.startsWith("decoder") || name.startsWith("likelihood")) {
        assertThat(error).as(name).isLessThan(1e-8);
      }
    }
  }

  private static List<double[]> plain(ImageModel model, Bound bound) {
    List<Object> of = List.of(model, bound);
    PLAIN.keySet().retainAll(List.of(of));
    return PLAIN.computeIfAbsent(
        of,
        absent -> {
          Gradient plain = new Gradient(model, bound, new Reparameterised());
          return IntStream.range(0, REPEATS).mapToObj(plain::at).toList();
        });
  }

  private static double along(ParameterLayout.Block block, double[] gradient) {
    Random random = new Random(1);
    double sum = 0;
    for (int i = 0; i < block.length(); i++) {
      sum += random.nextGaussian() * gradient[(int) block.offset() + i];
    }
    return sum;
  }

  /** The gradient of one objective by the number of its noise. */
  private static final class Gradient {
    private final ImageModel model;
    private final Bound bound;
    private final INDArray gradient;
    private final Objective objective;

    Gradient(ImageModel model, Bound bound, Estimator estimator) {
      this.model = model;
      this.bound = bound;
      ObjectiveSpec spec = new ObjectiveSpec(bound, IMAGES, 0, estimator);
      INDArray parameters = ModelCases.parameters(model, spec, DataType.DOUBLE, 11);
      gradient = Nd4j.zerosLike(parameters);
      objective = new Objective(model, spec, IMAGES, parameters, gradient);
    }

    double[] at(int seed) {
      ModelCases.fill(objective, model, bound.samples(), seed);
      objective.differentiate(new StepSettings(0, KL_WEIGHT));
      return gradient.toDoubleVector();
    }
  }
}
