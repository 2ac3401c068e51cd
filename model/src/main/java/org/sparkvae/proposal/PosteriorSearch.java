package org.sparkvae.proposal;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.evaluation.Normal;
import org.sparkvae.optimiser.Adam;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.vae.ImageModel;

/**
 * Looks for the best posterior of an image among those of the model's family, as Cremer, Li &
 * Duvenaud do ("Inference suboptimality in variational autoencoders", 2018), but by a step size
 * that falls linearly to 0 in each of several rounds, which needs far fewer steps and samples than
 * a constant one for the same bound.
 *
 * <p>A round starts from the best parameters so far. Its outcome replaces them where its bound is
 * above theirs by more than two standard errors of the difference, both by the same samples, which
 * no step sees. The search ends with a round that brings less than {@link #GAIN}. Not thread-safe.
 */
public final class PosteriorSearch {
  /** Nats by which a round must raise the bound to be followed by another. */
  public static final double GAIN = 0.01;

  private static final int MOST_ROUNDS = 20;
  private static final Adam ADAM = new Adam(0.9, 0.999, 1e-8);

  /** Samples of a step. */
  private static final int SAMPLES = 20;

  /** Samples by which parameters are compared. */
  private static final int COMPARED_BY = 2000;

  private static final int BLOCK = 500;

  /** Standard errors above which a difference is no chance. */
  private static final double CERTAIN = 2;

  private final double stepSize;
  private final int steps;
  private final Encoding encoding;
  private final Ascent ascent;
  private final LogWeights weights;

  /**
   * Builds the computation.
   *
   * @param parameters the flat parameter vector, which stays as it is
   * @param stepSize with which a round begins
   * @param steps of a round
   * @throws IllegalArgumentException where the model has no parameters of a posterior
   */
  public PosteriorSearch(ImageModel model, INDArray parameters, double stepSize, int steps) {
    this.stepSize = stepSize;
    this.steps = steps;
    encoding = new Encoding(model, parameters);
    ascent = new Ascent(model, parameters, Kernels.of(parameters), SAMPLES, ADAM, all -> all);
    weights = new LogWeights(model, parameters, BLOCK, new Normal());
  }

  /**
   * The best posterior that a search from the encoder's meets.
   *
   * @param image [values], in [0, 1]
   * @param keys of the image's noise, from {@link org.sparkvae.noise.Noise#key}: number 0 compares,
   *     each other belongs to a round
   * @return its parameters, each [1, n]
   */
  public List<INDArray> find(float[] image, IntToLongFunction keys) {
    List<INDArray> best = copy(encoding.posterior(image));
    double[] ofBest = logWeights(image, best, keys.applyAsLong(0));
    for (int round = 1; round <= MOST_ROUNDS; round++) {
      List<INDArray> found =
          ascent.climb(image, best, keys.applyAsLong(round), steps, left -> stepSize * left);
      double[] ofFound = logWeights(image, found, keys.applyAsLong(0));
      double gain = certainGain(ofFound, ofBest);
      if (gain > 0) {
        best = copy(found);
        ofBest = ofFound;
      }
      if (!(gain >= GAIN)) {
        break;
      }
    }
    return best;
  }

  private static List<INDArray> copy(List<INDArray> posterior) {
    return posterior.stream().map(PosteriorSearch::copy).toList();
  }

  private static INDArray copy(INDArray of) {
    INDArray copy = of.like();
    Kernels.of(of).copy(of, copy);
    return copy;
  }

  private double[] logWeights(float[] image, List<INDArray> posterior, long key) {
    weights.image(image, new Proposed(posterior, Optional.empty()));
    return weights.sample(key, COMPARED_BY);
  }

  /** The mean difference; 0 where it may be chance. */
  private static double certainGain(double[] found, double[] before) {
    double[] gains = new double[found.length];
    Arrays.setAll(gains, i -> found[i] - before[i]);
    double mean = Arrays.stream(gains).average().orElseThrow();
    double squares = Arrays.stream(gains).map(gain -> (gain - mean) * (gain - mean)).sum();
    double error = Math.sqrt(squares / (gains.length - 1) / gains.length);
    return mean > CERTAIN * error ? mean : 0;
  }
}
