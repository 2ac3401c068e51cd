package org.sparkvae.estimator;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkvae.bound.Bound;
import org.sparkvae.kinds.Setting;
import org.sparkvae.network.Network;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.kernels.Activation;

/**
 * The score of q weighted by how much better each sample is than the image let expect, [(log w_k -
 * b(x) - c) / max(1, sqrt(v))] d log q(z_k|x; phi) / d phi at fixed draws (Mnih & Gregor, "Neural
 * variational inference and learning in belief networks", 2014, sections 2.3 and 2.4).
 *
 * <p>b is a network of the image with one output, trained by the squared error of log w - c, whose
 * derivative is divided by max(1, sqrt(v)) as well (algorithm 1). c and v are the running mean of
 * log w - b(x), and that of the square of log w - b(x) - c, both 0 at first, nats: the state
 * "baseline.moments" of training. A step is weighted by those of the steps before it, so that they
 * depend on none of its draws; those of several workers that took one step each average to those of
 * one that took it on all their images.
 *
 * <p>For bounds that weigh all samples alike. The KL term is that of the samples: one in closed
 * form would not be divided with the rest.
 *
 * @param baseline b, but for its output
 * @param decay d of c := d c + (1 - d) mean(log w - b(x)), and of v
 */
public record Nvil(
    @Setting(
            says = "The body from the image to what its log-weights are expected to be.",
            otherwise = "mlp")
        Network baseline,
    @Setting(
            says = "What a step leaves of the running mean and variance before it.",
            otherwise = "0.8",
            least = 0,
            below = 1)
        double decay)
    implements Estimator {
  @Override
  public Optional<String> misfit(Bound bound) {
    return Misfits.weighted(bound).or(() -> Misfits.freeBits(bound));
  }

  @Override
  public boolean takesAnyDraws() {
    return true;
  }

  @Override
  public Estimation on(Recorder recorder, Bound bound) {
    return new ByScores(new Centred(baseline, decay));
  }

  private static final class Centred implements Signals {
    private static final Formula.Operand OUTPUT = Formula.value("output");

    private final Network network;
    private final double decay;

    /** b(x), [images]. */
    private Rows expected;

    /** c and v. */
    private Rows moments;

    Centred(Network network, double decay) {
      this.network = network;
      this.decay = decay;
    }

    @Override
    public void beside(Recorder recorder, Shape shape, Matrix images) {
      Recorder at = recorder.at("baseline");
      Matrix features = network.on(at.at("network"), shape, images);
      Matrix output = at.dense(features, 1, Activation.IDENTITY);
      expected = at.sumOverColumns(OUTPUT, Map.of(OUTPUT, output));
      moments = at.state("moments", 2);
    }

    @Override
    public List<Rows> rows() {
      return List.of(expected, moments);
    }

    @Override
    public double[] of(double[] logWeights, double[] byLogWeight) {
      double mean = moments.value()[0];
      double variance = moments.value()[1];
      double deviation = Math.max(1, Math.sqrt(variance));
      double sum = 0;
      double squares = 0;
      double[] signals = new double[logWeights.length];
      Arrays.fill(expected.gradient(), 0);
      int images = expected.count();
      for (int r = 0; r < signals.length; r++) {
        double surprise = logWeights[r] - expected.value()[r % images];
        double centred = surprise - mean;
        sum += surprise;
        squares += centred * centred;
        signals[r] = centred / deviation;
        expected.gradient()[r % images] += byLogWeight[r] * signals[r];
      }
      moments.gradient()[0] = decay * mean + (1 - decay) * sum / signals.length;
      moments.gradient()[1] = decay * variance + (1 - decay) * squares / signals.length;
      return signals;
    }
  }
}
