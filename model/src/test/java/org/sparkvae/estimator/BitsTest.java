package org.sparkvae.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.bound.Beta;
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.Elbo;
import org.sparkvae.bound.ImportanceWeighted;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Initialisation;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.posterior.Posterior;
import org.sparkvae.prior.Bernoulli.Means;
import org.sparkvae.prior.Prior;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.Above;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Layered;
import org.sparkvae.vae.Model;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;
import org.sparkvae.vae.Vae;

/**
 * Gradients of bounds of sigmoid belief networks of three bits, summed over all draws with their
 * probabilities, against differences of the mean of the bound, which is a sum as well.
 */
class BitsTest {
  private static final double KL_WEIGHT = 0.7;
  private static final int BITS = 3;
  private static final float[] X = {1, 0};
  private static final double MEAN = -3.5;
  private static final Mlp NONE = new Mlp(List.of(), Activation.TANH);
  private static final double DECAY = 0.9;
  private static final Estimator NVIL = new Nvil(NONE, DECAY);
  private static final Posterior Q = new org.sparkvae.posterior.Bernoulli();
  private static final Prior P = new org.sparkvae.prior.Bernoulli(Means.LEARNED);
  private static final ImageModel ONE = of(new Vae(BITS, NONE, Q, P, NONE, new Bernoulli()));

  /** Two bits below one. */
  private static final ImageModel TWO =
      of(
          new Layered(
              2,
              NONE,
              Q,
              P,
              NONE,
              new Bernoulli(),
              new Above.Layer(1, NONE, Q, NONE, new Above.None()),
              new Initialisation.Glorot()));

  private static ImageModel of(Model model) {
    return new ImageModel(Shape.vector(X.length), model);
  }

  static Stream<Arguments> cases() {
    List<Bound> bounds =
        List.of(
            new Elbo(1, Elbo.Kl.MONTE_CARLO),
            new Elbo(1, Elbo.Kl.ANALYTIC),
            new Elbo(2, Elbo.Kl.MONTE_CARLO),
            new Beta(2, 3, Elbo.Kl.ANALYTIC, 0),
            new ImportanceWeighted(2));
    List<Estimator> estimators =
        List.of(new ScoreFunction(), new ScoreFunction(new RunningAverage(0.9)), NVIL, new Vimco());
    return Stream.of(ONE, TWO)
        .flatMap(
            model ->
                bounds.stream()
                    // No term of several layers has a closed form.
                    .filter(bound -> model.equals(ONE) || !isClosed(bound))
                    .flatMap(
                        bound ->
                            estimators.stream()
                                .filter(one -> one.misfit(bound).isEmpty())
                                .map(one -> Arguments.of(model, bound, one))));
  }

  private static boolean isClosed(Bound bound) {
    return bound instanceof Elbo elbo && elbo.kl() == Elbo.Kl.ANALYTIC || bound instanceof Beta;
  }

  /** Whatever is subtracted from a sample's log-weight: it does not depend on the sample. */
  @ParameterizedTest
  @MethodSource("cases")
  void theMeanOverAllDrawsIsTheGradientOfTheMean(
      ImageModel model, Bound bound, Estimator estimator) {
    Case tried = new Case(model, bound, estimator);
    double[] mean = tried.meanGradient(MEAN, 0.25);
    for (int p = 0; p < model.parameters(); p++) {
      assertThat(-mean[p]).as("parameter %d", p).isCloseTo(tried.slope(p), within(1e-8));
    }
  }

  @Test
  void derivativesThroughBitsHaveAnotherMean() {
    Case tried = new Case(ONE, new Elbo(1, Elbo.Kl.MONTE_CARLO), new Reparameterised());
    assertThat(Math.abs(-tried.meanGradient()[0] - tried.slope(0))).isGreaterThan(1e-2);
  }

  @Test
  void theRunningAverageMovesToTheMeanOfTheLogWeights() {
    Bound bound = new Elbo(2, Elbo.Kl.MONTE_CARLO);
    Case tried = new Case(ONE, bound, new ScoreFunction(new RunningAverage(0.9)));
    double next = tried.meanGradient(MEAN)[(int) ONE.parameters()];
    double mean = tried.draws.mean(bound, KL_WEIGHT);
    assertThat(next).isCloseTo(0.9 * MEAN + 0.1 * mean, within(1e-10));
  }

  @Test
  void nvilShortensWhatVariesMuchAndTrainsItsBaseline() {
    Bound bound = new Elbo(1, Elbo.Kl.ANALYTIC);
    Case tried = new Case(ONE, bound, NVIL);
    double deviation = 2;
    double[] mean = tried.meanGradient(MEAN, deviation * deviation);
    ParameterLayout.Block ofPosterior = ONE.layout().block("posterior.bias");
    for (int p = (int) ofPosterior.offset(); p < ofPosterior.offset() + BITS; p++) {
      assertThat(-mean[p]).isCloseTo(tried.slope(p) / deviation, within(1e-8));
    }
    ParameterLayout layout = ONE.layout(tried.spec);
    int moments = (int) layout.block("baseline.moments").offset();
    double surprise = (mean[moments] - DECAY * MEAN) / (1 - DECAY);
    assertThat(mean[(int) layout.block("baseline.bias").offset()])
        .isCloseTo(-(surprise - MEAN) / deviation, within(1e-10));
    // The mean square is above the square of the mean.
    double square = (mean[moments + 1] - DECAY * deviation * deviation) / (1 - DECAY);
    assertThat(square).isGreaterThan((surprise - MEAN) * (surprise - MEAN));
  }

  /** Derivatives that are taken through bits, which are none, leave those by log w alone. */
  @Test
  void rwsClimbsTheWeightedScoresOfThePosterior() {
    Bound bound = new ImportanceWeighted(2);
    Case wake = new Case(TWO, bound, new Rws());
    Case plain = new Case(TWO, bound, new Reparameterised());
    Objective awake = wake.objective();
    Objective through = plain.objective();
    for (long key : wake.draws.keys()) {
      double[] one = wake.gradient(awake, key);
      double[] other = plain.gradient(through, key);
      for (ParameterLayout.Block block : TWO.layout().blocks()) {
        boolean ofPosterior = block.name().contains("posterior");
        for (int p = (int) block.offset(); p < block.offset() + block.length(); p++) {
          double expected = ofPosterior ? -other[p] / KL_WEIGHT : other[p];
          assertThat(one[p]).as(block.name()).isCloseTo(expected, within(1e-12));
        }
      }
    }
  }

  /** An estimator's gradient at some parameters. */
  private static final class Case {
    /** By model and bound. */
    private static final Map<List<Object>, double[]> SLOPES = new HashMap<>();

    private final ImageModel model;
    private final Bound bound;
    private final ObjectiveSpec spec;
    private final INDArray vector;
    private final INDArray ofModel;
    private final INDArray gradient;
    private final EveryDraw draws;

    Case(ImageModel model, Bound bound, Estimator estimator) {
      this.model = model;
      this.bound = bound;
      spec = new ObjectiveSpec(bound, 1, 0, estimator);
      vector = ModelCases.parameters(model, spec, DataType.DOUBLE, 8);
      ofModel = ModelCases.parameters(model, DataType.DOUBLE, 8);
      gradient = Nd4j.zerosLike(vector);
      draws = new EveryDraw(model, ofModel, X, bound.samples(), BITS);
    }

    Objective objective() {
      Objective objective = new Objective(model, spec, 1, vector, gradient);
      System.arraycopy(X, 0, objective.images(), 0, X.length);
      return objective;
    }

    double[] gradient(Objective objective, long key) {
      objective.noise().draw(key, 0);
      objective.differentiate(new StepSettings(0, KL_WEIGHT));
      return gradient.toDoubleVector();
    }

    /** The mean over all draws, states being what is given. */
    double[] meanGradient(double... state) {
      int next = 0;
      for (ParameterLayout.Block block : model.layout(spec).states()) {
        for (long i = block.offset(); i < block.offset() + block.length(); i++) {
          vector.putScalar(i, state[next++]);
        }
      }
      Objective objective = objective();
      double[] mean = new double[(int) vector.length()];
      double total = 0;
      for (long key : draws.keys()) {
        double[] one = gradient(objective, key);
        double probability = draws.probability(key);
        total += probability;
        for (int p = 0; p < mean.length; p++) {
          mean[p] += probability * one[p];
        }
      }
      assertThat(total).isCloseTo(1, within(1e-12));
      return mean;
    }

    /** The derivative of the mean of the bound by a parameter, whatever the estimator. */
    double slope(int p) {
      return SLOPES.computeIfAbsent(List.of(model, bound), of -> slopes())[p];
    }

    private double[] slopes() {
      return IntStream.range(0, (int) model.parameters()).mapToDouble(this::difference).toArray();
    }

    private double difference(int p) {
      double h = 1e-5;
      double at = ofModel.getDouble(p);
      ofModel.putScalar(p, at + h);
      double above = draws.mean(bound, KL_WEIGHT * bound.klWeight());
      ofModel.putScalar(p, at - h);
      double below = draws.mean(bound, KL_WEIGHT * bound.klWeight());
      ofModel.putScalar(p, at);
      return (above - below) / (2 * h);
    }
  }
}
