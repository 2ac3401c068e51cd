package org.sparkvae.estimator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.sparkvae.bound.Bound;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.kinds.Names;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/**
 * The score of q weighted by the log-weights, sum_k (log w_k - b_k) d log q(z_k|x; phi) / d phi at
 * fixed draws, which needs no derivative of log w by z (Williams, 1992; Mnih & Gregor, 2014, eq.
 * 5).
 *
 * <p>The baseline b_k is the mean log-weight of the image's other samples (Mnih & Rezende, 2016,
 * eq. 4), or where there is one sample, that of the other images of the minibatch; neither depends
 * on z_k. For bounds that weigh all samples alike. A KL term in closed form has its own derivative,
 * and is no part of the score's.
 */
public record ScoreFunction() implements Estimator {
  @Override
  public Optional<String> misfit(Bound bound) {
    return bound.power() == 0
        ? Optional.empty()
        : Optional.of(
            "takes each sample's log-weight by itself, as elbo and beta do and %s does not; choose"
                    .formatted(Names.of(bound.getClass()))
                + " another of the two");
  }

  @Override
  public boolean allowsClosedKl() {
    return true;
  }

  @Override
  public Estimation on(Recorder recorder, Bound bound) {
    return new ByScores(recorder.images(), recorder.samples());
  }

  private record ByScores(int images, int samples, List<Rows> rows) implements Estimation {
    ByScores(int images, int samples) {
      this(images, samples, new ArrayList<>());
    }

    @Override
    public Drawn from(Recorder recorder, Samplable q, Supplier<Samplable> held) {
      Matrix z = recorder.held(q.draw().value());
      Rows logDensity =
          q.logDensityOf(z)
              .orElseThrow(
                  () -> new IllegalArgumentException("the posterior cannot score a given draw"));
      rows.add(logDensity);
      return new Drawn(z, logDensity);
    }

    @Override
    public boolean steersByLogWeights() {
      return true;
    }

    @Override
    public void steer(double klWeight, double scale, double[] logWeights, double[] byLogWeight) {
      double all = 0;
      double[] ofImages = new double[images];
      for (int r = 0; r < logWeights.length; r++) {
        ofImages[r % images] += logWeights[r];
        all += logWeights[r];
      }
      for (int r = 0; r < logWeights.length; r++) {
        double baseline = baseline(logWeights[r], ofImages[r % images], all);
        for (Rows logDensity : rows) {
          logDensity.gradient()[r] = byLogWeight[r] * (logWeights[r] - baseline);
        }
      }
    }

    private double baseline(double own, double ofImage, double all) {
      if (samples > 1) {
        return (ofImage - own) / (samples - 1);
      }
      return images > 1 ? (all - own) / (images - 1) : 0;
    }
  }
}
