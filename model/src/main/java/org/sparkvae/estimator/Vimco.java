package org.sparkvae.estimator;

import java.util.Optional;
import org.sparkvae.bound.Bound;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/**
 * The score of q weighted by what a sample adds to the importance-weighted bound of its image,
 * sum_j (L - L_j) d log q(z_j|x; phi) / d phi + sum_j W_j d log w_j / d phi at fixed draws, W_j =
 * w_j / sum_k w_k (Mnih & Rezende, "Variational inference for Monte Carlo objectives", 2016, eq. 7
 * to 9).
 *
 * <p>L = log 1/K sum_k w_k is the bound, and L_j the same with w_j replaced by the geometric mean
 * of the others, nats, which does not depend on z_j. No baseline is learned.
 */
public record Vimco() implements Estimator {
  @Override
  public Optional<String> misfit(Bound bound) {
    return Misfits.ofOneSample(bound);
  }

  @Override
  public boolean takesAnyDraws() {
    return true;
  }

  @Override
  public Estimation on(Recorder recorder, Bound bound) {
    return new LeavingOneOut(recorder.images(), recorder.samples(), new HeldDraws());
  }

  private record LeavingOneOut(int images, int samples, HeldDraws draws) implements ByHeldDraws {
    /** Adds the score's part to the log-weights' own, which is there. */
    @Override
    public void steer(double klWeight, double scale, double[] logWeights, double[] byLogWeight) {
      double[] ofImage = new double[samples];
      for (int image = 0; image < images; image++) {
        for (int j = 0; j < samples; j++) {
          ofImage[j] = logWeights[j * images + image];
        }
        double bound = logMean(ofImage);
        for (int j = 0; j < samples; j++) {
          double signal = bound - without(ofImage, j);
          for (Rows logDensity : draws.logDensities()) {
            logDensity.gradient()[j * images + image] += scale * signal;
          }
        }
      }
    }

    /** The bound with the log-weight of a sample replaced by the mean of the others. */
    private static double without(double[] logWeights, int j) {
      double own = logWeights[j];
      double others = 0;
      for (int k = 0; k < logWeights.length; k++) {
        others += k == j ? 0 : logWeights[k];
      }
      logWeights[j] = others / (logWeights.length - 1);
      double bound = logMean(logWeights);
      logWeights[j] = own;
      return bound;
    }

    /** log of the mean of e^l. */
    private static double logMean(double[] l) {
      double largest = Double.NEGATIVE_INFINITY;
      for (double one : l) {
        largest = Math.max(largest, one);
      }
      double sum = 0;
      for (double one : l) {
        sum += StrictMath.exp(one - largest);
      }
      return largest + StrictMath.log(sum / l.length);
    }
  }
}
