package org.sparkvae.estimator;

import java.util.Arrays;
import java.util.List;
import org.sparkvae.kinds.Setting;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/**
 * A running average of the log-weights of the steps before, c := d c + (1 - d) mean log w after
 * each step, 0 at first: the state "baseline.mean" of training.
 *
 * @param decay d
 */
public record RunningAverage(
    @Setting(
            says = "What a step leaves of the average before it.",
            otherwise = "0.8",
            least = 0,
            below = 1)
        double decay)
    implements Baseline {
  @Override
  public Signals signals(int images, int samples) {
    return new Averaged(decay);
  }

  private static final class Averaged implements Signals {
    private final double decay;
    private Rows mean;

    Averaged(double decay) {
      this.decay = decay;
    }

    @Override
    public void beside(Recorder recorder, Shape shape, Matrix images) {
      mean = recorder.at("baseline").state("mean", 1);
    }

    @Override
    public List<Rows> rows() {
      return List.of(mean);
    }

    @Override
    public double[] of(double[] logWeights, double[] byLogWeight) {
      double c = mean.value()[0];
      mean.gradient()[0] =
          decay * c + (1 - decay) * Arrays.stream(logWeights).average().orElseThrow();
      return Arrays.stream(logWeights).map(logWeight -> logWeight - c).toArray();
    }
  }
}
