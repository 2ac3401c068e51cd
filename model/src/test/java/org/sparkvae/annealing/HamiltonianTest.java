package org.sparkvae.annealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.noise.Noise.Purpose;
import org.sparkvae.posterior.DiagonalGaussian;
import org.sparkvae.vae.ImageModel;

/** Leapfrog steps and the moves made of them, on a model whose p(z|x) is known. */
class HamiltonianTest {
  private static final int IMAGES = 16;
  private static final int CHAINS = 64;

  private final Landscape landscape = landscape();
  private final double[] hot = filled(1);

  private static Landscape landscape() {
    ImageModel model = LinearModel.of(new DiagonalGaussian());
    INDArray parameters = LinearModel.parameters(model);
    Landscape landscape = Landscape.fromPrior(model, parameters, IMAGES, CHAINS);
    for (int i = 0; i < IMAGES; i++) {
      landscape.set(i, LinearModel.X);
    }
    landscape.prepare();
    return landscape;
  }

  private static double[] filled(double value) {
    double[] values = new double[IMAGES];
    Arrays.fill(values, value);
    return values;
  }

  private static List<ChainNoise> noise(long seed) {
    return IntStream.range(0, IMAGES)
        .mapToObj(i -> new ChainNoise(seed, Purpose.ANNEALING, i, 0))
        .toList();
  }

  @Test
  void leapfrogStepsLeadBackToWhereTheyBegan() {
    Place place = new Place(landscape);
    landscape.draw(noise(1), place);
    float[] start = place.states().clone();
    float[] momenta = new float[start.length];
    for (int i = 0; i < IMAGES; i++) {
      noise(1).get(i).momenta(1, i, landscape, momenta);
    }
    float[] first = momenta.clone();
    Leapfrog leapfrog = new Leapfrog(7);

    leapfrog.lead(place, momenta, filled(0.6), filled(0.2));
    assertThat(distance(place.states(), start)).isGreaterThan(1);
    for (int d = 0; d < momenta.length; d++) {
      momenta[d] = -momenta[d];
    }
    leapfrog.lead(place, momenta, filled(0.6), filled(0.2));

    assertThat(distance(place.states(), start)).isLessThan(1e-4);
    for (int d = 0; d < momenta.length; d++) {
      momenta[d] = -momenta[d];
    }
    assertThat(distance(momenta, first)).isLessThan(1e-4);
  }

  private static double distance(float[] a, float[] b) {
    double largest = 0;
    for (int d = 0; d < a.length; d++) {
      largest = Math.max(largest, Math.abs(a[d] - b[d]));
    }
    return largest;
  }

  /** Halving the steps of a path quarters what its energy is off by. */
  @Test
  void smallStepsKeepTheEnergy() {
    double coarse = 1 - accepted(new Leapfrog(4), 0.1);
    double fine = 1 - accepted(new Leapfrog(8), 0.05);
    assertThat(coarse).isBetween(1e-4, 0.1);
    assertThat(fine).isCloseTo(coarse / 4, within(coarse / 8));
  }

  private double accepted(Leapfrog leapfrog, double size) {
    Walkers walkers = new Walkers(landscape, leapfrog);
    landscape.draw(noise(2), walkers.here());
    walkers.move(noise(2), 1, hot, filled(size));
    return IntStream.range(0, IMAGES).mapToDouble(walkers::accepted).average().orElseThrow();
  }

  /** With steps so large that a good part is refused. */
  @Test
  void movesLeaveThePosteriorAsItIs() {
    Walkers walkers = new Walkers(landscape, new Leapfrog(2));
    double[] mean = LinearModel.mean(LinearModel.X);
    double[] covariance = LinearModel.covariance();
    double a = Math.sqrt(covariance[0]);
    double b = covariance[1] / a;
    double c = Math.sqrt(covariance[2] - b * b);
    Random random = new Random(6);
    float[] states = walkers.here().states();
    for (int row = 0; row < IMAGES * CHAINS; row++) {
      double first = random.nextGaussian();
      states[2 * row] = (float) (mean[0] + a * first);
      states[2 * row + 1] = (float) (mean[1] + b * first + c * random.nextGaussian());
    }
    walkers.here().evaluate();

    double[] sums = new double[5];
    int moves = 60;
    double accepted = 0;
    for (int move = 1; move <= moves; move++) {
      walkers.move(noise(3), move, hot, filled(0.55));
      accepted += walkers.accepted(0) / moves;
      float[] z = walkers.here().states();
      for (int row = 0; row < IMAGES * CHAINS; row++) {
        double u = z[2 * row] - mean[0];
        double v = z[2 * row + 1] - mean[1];
        double[] terms = {u, v, u * u, u * v, v * v};
        for (int i = 0; i < sums.length; i++) {
          sums[i] += terms[i] / (moves * IMAGES * CHAINS);
        }
      }
    }

    assertThat(accepted).isBetween(0.4, 0.9);
    // 61,440 states, of which neighbours are alike: a standard error of about 1% of a deviation.
    double[] expected = {0, 0, covariance[0], covariance[1], covariance[2]};
    assertThat(sums).containsExactly(expected, within(0.02));
  }

  /** Where the energy is no number, a chain stays. */
  @Test
  void aMoveToNowhereIsRefused() {
    Walkers walkers = new Walkers(landscape, new Leapfrog(3));
    landscape.draw(noise(4), walkers.here());
    float[] before = walkers.here().states().clone();
    walkers.move(noise(4), 1, hot, filled(1e30));
    assertThat(walkers.here().states()).isEqualTo(before);
    assertThat(walkers.accepted(0)).isZero();
  }
}
