package org.sparkvae.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.distribution.Scorable;
import org.sparkvae.noise.Noise;
import org.sparkvae.posterior.DiagonalGaussian;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Node;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/**
 * The prior alone, on a posterior whose means and log-variances are affine in two pixels, so that
 * the pseudo-inputs say where its components lie.
 */
class VamppriorTest {
  private static final int PIXELS = 2;
  private static final long KEY = Noise.key(8, Noise.Purpose.PRIOR, 0, 0);

  /** A prior of given pseudo-inputs, on arrays. */
  private static final class Mixture {
    final Recorder recorder;
    final Scorable prior;
    private final double[][] inputs;
    private final int latent;
    private final DataType type;
    private final double[] head;
    private Program program;

    /**
     * A prior.
     *
     * @param inputs [components][2]
     */
    Mixture(DataType type, int latent, double[][] inputs, int samples) {
      this.type = type;
      this.inputs = inputs;
      this.latent = latent;
      recorder = new Recorder(1, samples);
      prior =
          new Vampprior(inputs.length)
              .on(recorder.at("prior"), latent, new Amortised(PIXELS, this::posterior));
      // Means from -6 to 6, log-variances from -3 to 1.
      head = new double[(PIXELS + 1) * 2 * latent];
      Random random = new Random(5);
      for (int i = 0; i < head.length; i++) {
        boolean mean = i % (2 * latent) < latent;
        boolean bias = i >= PIXELS * 2 * latent;
        head[i] = (mean ? 6 : 2) * (random.nextDouble() * 2 - 1) - (bias && !mean ? 1 : 0);
      }
    }

    Samplable posterior(Matrix x) {
      return new DiagonalGaussian().given(recorder.at("posterior"), x, latent);
    }

    Program run(Node... results) {
      ParameterLayout layout = recorder.layout();
      double[] flat = new double[(int) layout.length()];
      long head0 = layout.block("posterior.weight").offset();
      System.arraycopy(head, 0, flat, (int) head0, head.length);
      int at = (int) layout.block("prior.pseudo-inputs").offset();
      for (double[] input : inputs) {
        System.arraycopy(input, 0, flat, at, PIXELS);
        at += PIXELS;
      }
      INDArray parameters = Nd4j.createFromArray(flat).castTo(type);
      program = new Program(recorder, layout, parameters, null, List.of(results));
      program.noise().draw(KEY, 0);
      program.noise().send();
      program.forward();
      return program;
    }

    /** log p(z) of each, by the recording. */
    double[] logDensity(double[][] z) {
      Matrix values = recorder.constant(z.length, latent);
      Rows density = prior.logDensity(values);
      run(density);
      values.value().assign(Nd4j.createFromArray(z).castTo(type));
      program.forward();
      return density.value();
    }

    double mean(double[] x, int d) {
      return affine(x, d);
    }

    double logVariance(double[] x, int d) {
      return affine(x, latent + d);
    }

    private double affine(double[] x, int column) {
      double sum = head[PIXELS * 2 * latent + column];
      for (int i = 0; i < PIXELS; i++) {
        sum += Math.min(1, Math.max(0, x[i])) * head[i * 2 * latent + column];
      }
      return sum;
    }

    /** log N(z; mean(x), exp log-variance(x)). */
    double logGaussian(double[] z, double[] x) {
      double sum = 0;
      for (int d = 0; d < latent; d++) {
        double error = z[d] - mean(x, d);
        double logVariance = logVariance(x, d);
        sum -= 0.5 * (Math.log(2 * Math.PI) + logVariance + error * error / Math.exp(logVariance));
      }
      return sum;
    }
  }

  private static double[][] random(int rows, int columns, IntFunction<Double> value) {
    double[][] values = new double[rows][columns];
    for (int i = 0; i < rows * columns; i++) {
      values[i / columns][i % columns] = value.apply(i);
    }
    return values;
  }

  @Test
  void logDensityIsTheLogOfTheMeanOfTheGaussiansOfClippedInputs() {
    Random random = new Random(1);
    double[][] inputs = random(5, PIXELS, i -> random.nextDouble() * 2 - 0.5);
    double[][] z = random(20, 3, i -> 3 * random.nextGaussian());
    double[] expected = new double[z.length];
    Mixture mixture = new Mixture(DataType.DOUBLE, 3, inputs, 1);
    for (int r = 0; r < z.length; r++) {
      for (double[] input : inputs) {
        expected[r] += Math.exp(mixture.logGaussian(z[r], input)) / inputs.length;
      }
      expected[r] = Math.log(expected[r]);
    }

    assertThat(mixture.logDensity(z)).containsExactly(expected, within(1e-6));
    // The squares are multiplied out, which loses digits where means are many deviations from 0.
    assertThat(new Mixture(DataType.FLOAT, 3, inputs, 1).logDensity(z))
        .containsExactly(expected, within(2e-3));
  }

  @Test
  void oneComponentIsItsGaussianAndItsKlThatBetweenGaussians() {
    double[][] input = {{0.3, 0.8}};
    double[] x = {0.6, 0.1};
    int samples = 20_000;
    int latent = 2;
    Mixture mixture = new Mixture(DataType.DOUBLE, latent, input, samples);
    Matrix image = mixture.recorder.constant(1, PIXELS);
    Drawn z = mixture.posterior(image).draw();
    Rows logPrior = mixture.prior.logDensity(z.value());
    Program program = mixture.run(z.logDensity(), logPrior, z.value());
    image.value().assign(Nd4j.createFromArray(new double[][] {x}));
    program.forward();

    double closed = 0;
    for (int d = 0; d < latent; d++) {
      double logRatio = mixture.logVariance(x, d) - mixture.logVariance(input[0], d);
      double error = mixture.mean(x, d) - mixture.mean(input[0], d);
      closed +=
          0.5
              * (Math.exp(logRatio)
                  + error * error / Math.exp(mixture.logVariance(input[0], d))
                  - 1
                  - logRatio);
    }
    double sum = 0;
    double squares = 0;
    for (int s = 0; s < samples; s++) {
      double[] draw = z.value().value().getRow(s).toDoubleVector();
      assertThat(logPrior.value()[s])
          .isCloseTo(mixture.logGaussian(draw, input[0]), within(1e-9 * samples));
      double term = z.logDensity().value()[s] - logPrior.value()[s];
      sum += term;
      squares += term * term;
    }
    double mean = sum / samples;
    double error = Math.sqrt((squares / samples - mean * mean) / samples);
    assertThat(mean).isCloseTo(closed, within(4 * error));
    assertThat(error).isLessThan(0.05 * closed);
  }

  @Test
  void identicalComponentsAreOne() {
    double[][] z = random(10, 3, i -> Math.sin(i));
    double[] one = new Mixture(DataType.DOUBLE, 3, new double[][] {{0.2, 0.9}}, 1).logDensity(z);
    double[][] same = new double[7][];
    Arrays.fill(same, new double[] {0.2, 0.9});
    assertThat(new Mixture(DataType.DOUBLE, 3, same, 1).logDensity(z))
        .containsExactly(one, within(1e-6));
  }

  @Test
  void densityIntegratesToOne() {
    double[][] inputs = {{0.1, 0.9}, {0.8, 0.3}, {0.5, 0.5}};
    double step = 0.01;
    double[][] grid = random(6_000, 1, i -> (i - 3_000) * step);
    double sum = 0;
    for (double logDensity : new Mixture(DataType.DOUBLE, 1, inputs, 1).logDensity(grid)) {
      sum += Math.exp(logDensity) * step;
    }
    assertThat(sum).isCloseTo(1, within(1e-7));
  }

  @Test
  void drawsComeFromAllComponentsAlikeAndHaveTheirMoments() {
    double[][] inputs = {{0, 0}, {1, 0}, {0, 1}, {1, 1}};
    int samples = 20_000;
    Mixture mixture = new Mixture(DataType.FLOAT, 2, inputs, samples);
    Drawn drawn = mixture.prior.draw();
    mixture.run(drawn.value(), drawn.logDensity());
    int[] counts = new int[inputs.length];
    double[][] sums = new double[inputs.length][2];
    double[][] squares = new double[inputs.length][2];
    double[][] draws = drawn.value().value().castTo(DataType.DOUBLE).toDoubleMatrix();
    for (int s = 0; s < samples; s++) {
      double[] z = draws[s];
      int nearest = 0;
      for (int k = 1; k < inputs.length; k++) {
        if (mixture.logGaussian(z, inputs[k]) > mixture.logGaussian(z, inputs[nearest])) {
          nearest = k;
        }
      }
      counts[nearest]++;
      for (int d = 0; d < 2; d++) {
        double error = z[d] - mixture.mean(inputs[nearest], d);
        sums[nearest][d] += error;
        squares[nearest][d] += error * error;
      }
    }
    double deviation = Math.sqrt(samples * 0.25 * 0.75);
    for (int k = 0; k < inputs.length; k++) {
      assertThat((double) counts[k]).isCloseTo(samples / 4.0, within(4 * deviation));
      for (int d = 0; d < 2; d++) {
        double variance = Math.exp(mixture.logVariance(inputs[k], d));
        assertThat(sums[k][d] / counts[k])
            .isCloseTo(0, within(4 * Math.sqrt(variance / counts[k])));
        assertThat(squares[k][d] / counts[k] / variance).isCloseTo(1, within(0.1));
      }
    }
    double[] again =
        new Mixture(DataType.FLOAT, 2, inputs, 1).logDensity(new double[][] {draws[9]});
    assertThat(drawn.logDensity().value()[9]).isCloseTo(again[0], within(1e-3));
  }

  @Test
  void meanIsThatOfTheComponents() {
    double[][] inputs = {{0, 0}, {1, 0}, {0.2, 1}};
    Mixture mixture = new Mixture(DataType.DOUBLE, 2, inputs, 3);
    Matrix mean = mixture.prior.mean();
    mixture.run(mean);
    for (int d = 0; d < 2; d++) {
      int column = d;
      double expected =
          Arrays.stream(inputs).mapToDouble(x -> mixture.mean(x, column)).average().orElseThrow();
      assertThat(mean.value().getDouble(0, d)).isCloseTo(expected, within(1e-12));
    }
  }

  @Test
  void everyPseudoInputStartsWhereTheClipHasADerivative() {
    Recorder recorder = new Recorder(1, 1);
    new Vampprior(50)
        .on(recorder, 3, new Amortised(PIXELS, x -> new DiagonalGaussian().given(recorder, x, 3)));
    ParameterLayout.Block block = recorder.layout().block("pseudo-inputs");
    float[] start = block.start().values(block, 1, new float[] {0, 1});
    for (int i = 0; i < start.length; i++) {
      assertThat(start[i]).isBetween(0.001f, 0.999f);
      assertThat(start[i]).isCloseTo(0.05f, within(0.05f));
      assertThat(start[i]).isNotEqualTo(start[(i + PIXELS) % start.length]);
    }
  }

  @Test
  void aPosteriorThatScoresItsOwnDrawsOnlyIsRefused() {
    Samplable own = new OwnDrawsOnly();
    Vampprior prior = new Vampprior(3);
    assertThat(prior.missing(own)).contains("that tells the density of any z");
    Recorder recorder = new Recorder(1, 1);
    assertThat(prior.missing(new DiagonalGaussian().given(recorder, recorder.constant(1, 2), 2)))
        .isEmpty();
    Scorable on = prior.on(recorder, 2, new Amortised(PIXELS, x -> own));
    Matrix z = recorder.constant(1, 2);
    assertThatThrownBy(() -> on.logDensity(z))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a VampPrior needs a posterior that tells the density of any z");
  }

  @Test
  void itNeedsAComponent() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Vampprior(0))
        .withMessage("components must be at least 1, but is 0");
  }

  /** As a flow is. */
  private record OwnDrawsOnly() implements Samplable {
    @Override
    public Drawn draw() {
      throw new AssertionError();
    }

    @Override
    public Matrix mean() {
      return new Recorder(1, 1).constant(1, 2);
    }

    @Override
    public Optional<Matrix> logVariance() {
      return Optional.empty();
    }

    @Override
    public Optional<Rows> klToStandardNormal() {
      return Optional.empty();
    }
  }
}
