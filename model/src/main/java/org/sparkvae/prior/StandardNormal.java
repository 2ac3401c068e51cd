package org.sparkvae.prior;

import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.sparkvae.density.StandardNormalLogDensity;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.distribution.Scorable;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/** The prior p(z) = N(z; 0, I) (Kingma & Welling, section 3). */
public record StandardNormal() implements Prior {
  @Override
  public Scorable on(Recorder recorder, int latent, Amortised posterior) {
    return new On(recorder, latent);
  }

  @Override
  public Optional<Matrix> klOfDimensions(Recorder recorder, Samplable q) {
    return q.klOfDimensionsToStandardNormal();
  }

  @Override
  public Optional<Rows> kl(Recorder recorder, Samplable q) {
    return q.klToStandardNormal();
  }

  private record On(Recorder recorder, int latent) implements Scorable {
    @Override
    public Drawn draw() {
      Matrix z = recorder.normal(latent);
      return new Drawn(z, logDensity(z));
    }

    @Override
    public Rows logDensity(Matrix z) {
      return StandardNormalLogDensity.of(recorder, z);
    }

    @Override
    public Matrix mean() {
      return zeros();
    }

    @Override
    public Optional<Matrix> logVariance() {
      return Optional.of(zeros());
    }

    @Override
    public OptionalDouble quantile(int dimension, double probability) {
      // The default constructor seeds a generator of random numbers that nobody needs.
      var normal = new NormalDistribution(null, 0, 1);
      return OptionalDouble.of(normal.inverseCumulativeProbability(probability));
    }

    private Matrix zeros() {
      return recorder.constant(recorder.images(), latent);
    }
  }
}
