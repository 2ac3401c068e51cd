package org.sparkvae.vae;

import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import org.sparkvae.linear.Covariance;
import org.sparkvae.linear.LinearGaussian;
import org.sparkvae.linear.LogDensity;
import org.sparkvae.linear.Moments;
import org.sparkvae.linear.Summation;
import org.sparkvae.network.Shape;

/**
 * Fits a linear Gaussian model to the images' first and second moments.
 *
 * @param model that is fitted
 */
record LinearFit(LinearModel model) implements Fit<Moments> {
  @Override
  public Optional<Contradiction> contradiction(Shape x) {
    return model.latent() < x.values()
        ? Optional.empty()
        : Optional.of(
            new Contradiction(
                "latent",
                String.format(
                    Locale.ROOT,
                    "is %d, but images have %d values, of which some must be left to the noise; set it to at most %d",
                    model.latent(),
                    x.values(),
                    x.values() - 1)));
  }

  @Override
  public long bytes(Shape x) {
    return (Moments.products(x.values()) + x.values()) * Double.BYTES;
  }

  @Override
  public Moments sum(int values, Iterator<byte[]> images) {
    try (Summation sum = new Summation(values)) {
      images.forEachRemaining(sum::add);
      return sum.moments();
    }
  }

  @Override
  public Moments plus(Moments these, Moments those) {
    return these.add(those);
  }

  /** The likelihood is that of the parameters, rounded as they are. */
  @Override
  public Fitted fitted(Shape x, Moments all) {
    Covariance images = all.covariance();
    LinearModel.Estimate estimate = model.estimate(images);
    float[] parameters = model.wiring().parameters(x, estimate.model());
    LinearGaussian rounded = model.wiring().model(x, parameters);
    return new Fitted(
        parameters,
        new LogDensity(rounded).mean(images),
        rounded.meanKl(images),
        estimate.course());
  }
}
