package org.sparkvae.vae;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.Matrix;

/**
 * Looks for the best posterior of each image among those of the model's family: Adam on the image's
 * own parameters, as Cremer, Li & Duvenaud do ("Inference suboptimality in variational
 * autoencoders", 2018), but by a learning rate that falls linearly to 0 in each of several rounds,
 * which needs far fewer steps and samples than a constant one for the same bound.
 *
 * <p>A round starts from the best parameters so far. Its outcome replaces them where its bound is
 * above theirs by more than two standard errors of the difference, both by the same samples, which
 * no step sees. An image is done once a round brings it less than {@link #GAIN}; rounds go on until
 * all are, without a change to those that are done.
 *
 * @param learningRate of Adam as a round begins
 * @param steps of a round
 */
public record PosteriorSearch(double learningRate, int steps) {
  /** Nats by which a round must raise an image's bound to be followed by another. */
  public static final double GAIN = 0.01;

  /** Standard errors above which a difference is no chance. */
  private static final double CERTAIN = 2;

  private static final int MOST_ROUNDS = 20;
  private static final int CHECKED_BY = 2000;
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  /** The keys of the noise of a bound's images. */
  @FunctionalInterface
  public interface Keys {
    /**
     * The keys of one use, from {@link org.sparkvae.noise.Noise#key}, [images].
     *
     * @param use a number that stands for one use of noise
     */
    long[] of(int use);
  }

  /**
   * Searches from the posteriors that a bound has; it has the best that were met when this returns.
   *
   * @param keys of the noise: use 0 compares, each other belongs to a round
   */
  public void run(PosteriorBound bound, Keys keys) {
    Best best = new Best(bound, keys.of(0));
    for (int round = 1; round <= MOST_ROUNDS && !best.isFinal(); round++) {
      climb(bound, keys.of(round));
      best.compare();
    }
  }

  /** The steps of a round. */
  private void climb(PosteriorBound bound, long[] keys) {
    List<INDArray> moments = new ArrayList<>();
    for (Matrix parameters : bound.posterior()) {
      moments.add(parameters.value().like());
      moments.add(parameters.value().like());
    }
    for (int step = 1; step <= steps; step++) {
      bound.differentiate(keys, (long) (step - 1) * bound.samples());
      double rate = learningRate * (steps - step + 1) / steps;
      for (int i = 0; i < bound.posterior().size(); i++) {
        Matrix parameters = bound.posterior().get(i);
        bound
            .kernels()
            .adam(
                parameters.value(),
                parameters.gradient(),
                moments.get(2 * i),
                moments.get(2 * i + 1),
                rate,
                BETA1,
                BETA2,
                EPSILON,
                1 - Math.pow(BETA1, step),
                1 - Math.pow(BETA2, step));
      }
    }
  }

  /** The best parameters so far of each image. */
  private static final class Best {
    private final PosteriorBound bound;
    private final long[] keys;
    private final List<float[]> parameters;
    private final double[][] logWeights;
    private final boolean[] done;

    Best(PosteriorBound bound, long[] keys) {
      this.bound = bound;
      this.keys = keys;
      parameters = read();
      logWeights = bound.logWeights(keys, CHECKED_BY);
      done = new boolean[bound.images()];
    }

    boolean isFinal() {
      for (boolean one : done) {
        if (!one) {
          return false;
        }
      }
      return true;
    }

    /** Takes the bound's parameters where they are better, and sets it to the best. */
    void compare() {
      double[][] now = bound.logWeights(keys, CHECKED_BY);
      List<float[]> found = read();
      for (int place = 0; place < done.length; place++) {
        if (done[place]) {
          continue;
        }
        double[] differences = differences(now[place], logWeights[place]);
        double gain = Arrays.stream(differences).average().orElseThrow();
        boolean better = gain > CERTAIN * standardError(differences, gain);
        done[place] = !better || gain < GAIN;
        if (better) {
          logWeights[place] = now[place];
          for (int i = 0; i < parameters.size(); i++) {
            int n = bound.posterior().get(i).columns();
            System.arraycopy(found.get(i), place * n, parameters.get(i), place * n, n);
          }
        }
      }
      for (int i = 0; i < parameters.size(); i++) {
        bound.kernels().copyIn(parameters.get(i), bound.posterior().get(i).value());
      }
    }

    private static double[] differences(double[] one, double[] other) {
      double[] differences = new double[one.length];
      Arrays.setAll(differences, i -> one[i] - other[i]);
      return differences;
    }

    private static double standardError(double[] terms, double mean) {
      double squares = Arrays.stream(terms).map(term -> (term - mean) * (term - mean)).sum();
      return Math.sqrt(squares / (terms.length - 1) / terms.length);
    }

    private List<float[]> read() {
      return bound.posterior().stream().map(this::read).toList();
    }

    private float[] read(Matrix matrix) {
      float[] host = new float[Math.multiplyExact(matrix.rows(), matrix.columns())];
      bound.kernels().copyOut(matrix.value(), host);
      return host;
    }
  }
}
