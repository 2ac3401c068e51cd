package org.sparkvae.estimator;

import java.util.Optional;
import org.sparkvae.bound.Bound;
import org.sparkvae.kinds.Setting;
import org.sparkvae.tensor.Recorder;

/**
 * The score of q weighted by the log-weights, sum_k (log w_k - b_k) d log q(z_k|x; phi) / d phi at
 * fixed draws, which needs no derivative of log w by z (Williams, 1992; Mnih & Gregor, 2014, eq.
 * 5).
 *
 * <p>The baseline b_k does not depend on z_k. For bounds that weigh all samples alike. A KL term in
 * closed form has its own derivative, and is no part of the score's.
 *
 * @param baseline what is subtracted
 */
public record ScoreFunction(
    @Setting(
            says = "What is subtracted from each sample's log-weight.",
            otherwise = "other-samples")
        Baseline baseline)
    implements Estimator {
  /** With the other samples for a baseline. */
  public ScoreFunction() {
    this(new OtherSamples());
  }

  @Override
  public Optional<String> misfit(Bound bound) {
    return Misfits.weighted(bound);
  }

  @Override
  public boolean takesAnyDraws() {
    return true;
  }

  @Override
  public boolean allowsClosedKl() {
    return true;
  }

  @Override
  public Estimation on(Recorder recorder, Bound bound) {
    return new ByScores(baseline.signals(recorder.images(), recorder.samples()));
  }
}
