package org.sparkvae.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.Elbo;
import org.sparkvae.bound.ImportanceWeighted;
import org.sparkvae.estimator.DoublyReparameterised;
import org.sparkvae.estimator.Estimator;
import org.sparkvae.estimator.Reparameterised;
import org.sparkvae.estimator.ScoreFunction;
import org.sparkvae.estimator.StickingTheLanding;
import org.sparkvae.evaluation.Normal;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.likelihood.Gaussian;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.prior.StandardNormal;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.Encoding;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.LogWeights;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;
import org.sparkvae.vae.Vae;

/**
 * A model whose posterior is in the family: z ~ N(0, I), x = c + W^T z + s e, so that the
 * posterior's precision is I + W W^T / s^2, and log p(x) is known. Where q is that posterior, every
 * sample's log w is log p(x).
 */
class LinearModelTest {
  private static final int SIZE = 4;
  private static final int SAMPLES = 5;
  private static final double BIAS = 0.5;
  private static final double NOISE_VARIANCE = 0.05;
  private static final double MIN_VARIANCE = 1e-3;
  private static final double[] OWN = {0.3, -0.2, 0.4, 0.25};
  private static final double[] NEXT = {0.2, 0.35, -0.3};
  private static final Mlp NONE = new Mlp(List.of(), Activation.TANH);

  /**
   * A family and the weights of a model whose posterior is in it.
   *
   * @param w [latent, pixels]
   */
  private record Case(Posterior kind, double[][] w) {
    ImageModel spec() {
      return new ImageModel(
          Shape.vector(SIZE),
          new Vae(
              SIZE,
              NONE,
              kind,
              new StandardNormal(),
              NONE,
              new Gaussian(Gaussian.Variance.SHARED, MIN_VARIANCE)));
    }

    @Override
    public String toString() {
      return kind.toString();
    }
  }

  /** Each pixel is of one dimension, of two neighbours in the chain, or of any dimensions. */
  static Stream<Case> cases() {
    double[][] neighbours = new double[SIZE][SIZE];
    double[][] any = new double[SIZE][SIZE];
    for (int j = 0; j < SIZE; j++) {
      neighbours[j][j] = OWN[j];
      if (j + 1 < SIZE) {
        neighbours[j + 1][j] = NEXT[j];
      }
      for (int i = 0; i < SIZE; i++) {
        any[i][j] = 0.3 * Math.sin(1 + i + 3 * j);
      }
    }
    double[][] alone = new double[SIZE][SIZE];
    for (int j = 0; j < SIZE; j++) {
      alone[j][j] = OWN[j];
    }
    return Stream.of(
        new Case(new DiagonalGaussian(), alone),
        new Case(new Chain(), neighbours),
        new Case(new Grid(SIZE, 1), neighbours),
        // In a grid of two rows, every dimension has a link to every other.
        new Case(new Grid(2, 2), any),
        new Case(new Grid(1, SIZE), any),
        new Case(new FullCovariance(), any));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyLogWeightIsLogP(Case tried) {
    float[] x = {0.4f, 0.9f, 0.1f, 0.6f};
    LogWeights scorer = new LogWeights(tried.spec(), parameters(tried), SAMPLES, new Normal());
    Encoding encoding = new Encoding(tried.spec(), parameters(tried));
    scorer.image(x, encoding.propose(x, 0));
    double[] logWeights = new double[SAMPLES];
    scorer.sample(ModelCases.key(1, 0), 0, SAMPLES, logWeights, new double[SAMPLES]);
    assertThat(logWeights).containsOnly(new double[] {logP(tried, x)}, within(1e-9));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theElboIsLogP(Case tried) {
    int images = 3;
    Objective objective =
        new Objective(
            tried.spec(),
            new ObjectiveSpec(new Elbo(2, Elbo.Kl.MONTE_CARLO), images, 0),
            images,
            parameters(tried),
            null);
    Random random = new Random(8);
    double expected = 0;
    for (int image = 0; image < images; image++) {
      float[] x = new float[SIZE];
      for (int j = 0; j < SIZE; j++) {
        x[j] = random.nextFloat();
      }
      System.arraycopy(x, 0, objective.images(), image * SIZE, SIZE);
      objective.noise().draw(ModelCases.key(2, image), image);
      expected += logP(tried, x);
    }
    assertThat(objective.value(StepSettings.NONE).sum(Objective.BOUND))
        .isCloseTo(expected, within(1e-9));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void noSampleMovesThePosteriorThroughItsDraw(Case tried) {
    Bound one = new Elbo(1, Elbo.Kl.MONTE_CARLO);
    for (int seed = 0; seed < SAMPLES; seed++) {
      assertThat(slope(tried, one, new StickingTheLanding(), seed)).isLessThan(1e-9);
      assertThat(slope(tried, new ImportanceWeighted(3), new DoublyReparameterised(), seed))
          .isLessThan(1e-9);
      assertThat(slope(tried, one, new Reparameterised(), seed)).isGreaterThan(1e-2);
      assertThat(slope(tried, one, new ScoreFunction(), seed)).isGreaterThan(1e-2);
    }
  }

  /** The largest derivative of a bound of one image by a parameter of the posterior. */
  private static double slope(Case tried, Bound bound, Estimator estimator, int seed) {
    INDArray gradient = Nd4j.zeros(DataType.DOUBLE, tried.spec().parameters());
    ObjectiveSpec spec = new ObjectiveSpec(bound, 1, 0, estimator);
    Objective objective = new Objective(tried.spec(), spec, 1, parameters(tried), gradient);
    Random random = new Random(seed);
    for (int j = 0; j < SIZE; j++) {
      objective.images()[j] = random.nextFloat();
    }
    objective.noise().draw(ModelCases.key(seed, 0), 0);
    objective.differentiate(StepSettings.NONE);
    double largest = 0;
    for (ParameterLayout.Block block : tried.spec().layout().blocks()) {
      for (long i = block.offset(); i < block.offset() + block.length(); i++) {
        if (block.name().startsWith("posterior")) {
          largest = Math.max(largest, Math.abs(gradient.getDouble(i)));
        }
      }
    }
    return largest;
  }

  /** log N(x; c, W^T W + s^2 I). */
  private static double logP(Case tried, float[] x) {
    double[][] covariance = new double[SIZE][SIZE];
    for (int j = 0; j < SIZE; j++) {
      covariance[j][j] = NOISE_VARIANCE;
      for (int l = 0; l < SIZE; l++) {
        for (double[] row : tried.w()) {
          covariance[j][l] += row[j] * row[l];
        }
      }
    }
    double[] error = new double[SIZE];
    for (int j = 0; j < SIZE; j++) {
      error[j] = x[j] - BIAS;
    }
    Dense dense = new Dense(covariance);
    double constant = dense.logDeterminant() + SIZE * Math.log(2 * Math.PI);
    return -0.5 * (constant + dense.inverse().quadratic(error));
  }

  private static INDArray parameters(Case tried) {
    double[][] w = tried.w();
    double[][] precision = new double[SIZE][SIZE];
    for (int i = 0; i < SIZE; i++) {
      precision[i][i] = 1;
      for (int l = 0; l < SIZE; l++) {
        for (int j = 0; j < SIZE; j++) {
          precision[i][l] += w[i][j] * w[l][j] / NOISE_VARIANCE;
        }
      }
    }
    Dense covariance = new Dense(precision).inverse();
    boolean ofPrecision = !(tried.kind() instanceof FullCovariance);
    double[][] factor = (ofPrecision ? new Dense(precision) : covariance).cholesky();
    double[] s = new double[SIZE];
    List<Double> links = new ArrayList<>();
    for (int p = 0; p < SIZE; p++) {
      s[p] = (ofPrecision ? -2 : 2) * Math.log(factor[p][p]);
      for (int q = p + 1; q < SIZE; q++) {
        // The chain's factor has one link a column.
        if (tried.kind() instanceof FullCovariance || factor[q][p] != 0) {
          links.add(factor[q][p]);
        }
      }
    }
    ImageModel spec = tried.spec();
    INDArray flat = Nd4j.zeros(DataType.DOUBLE, spec.parameters());
    double[] bias = Arrays.copyOf(new double[SIZE], 2 * SIZE);
    System.arraycopy(s, 0, bias, SIZE, SIZE);
    for (int j = 0; j < SIZE; j++) {
      double[] column = new double[SIZE];
      for (int i = 0; i < SIZE; i++) {
        column[i] = w[i][j] / NOISE_VARIANCE;
        set(spec, flat, "likelihood.weight", i * SIZE + j, w[i][j]);
      }
      double[] slope = covariance.times(column);
      for (int i = 0; i < SIZE; i++) {
        set(spec, flat, "posterior.weight", j * 2 * SIZE + i, slope[i]);
        bias[i] -= slope[i] * BIAS;
      }
      set(spec, flat, "likelihood.bias", j, BIAS);
    }
    for (int i = 0; i < bias.length; i++) {
      set(spec, flat, "posterior.bias", i, bias[i]);
    }
    for (int i = 0; i < links.size(); i++) {
      set(spec, flat, "posterior.link.bias", i, links.get(i));
    }
    double raw = Math.log(Math.expm1(NOISE_VARIANCE - MIN_VARIANCE));
    set(spec, flat, "likelihood.raw-variance", 0, raw);
    return flat;
  }

  private static void set(ImageModel spec, INDArray flat, String block, int index, double value) {
    ParameterLayout.Block at = spec.layout().block(block);
    flat.putScalar(at.offset() + index, value);
  }
}
