package org.sparkvae.vae;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.distribution.Distribution;
import org.sparkvae.distribution.Draws;
import org.sparkvae.distribution.Scorable;
import org.sparkvae.likelihood.Support;
import org.sparkvae.linear.Covariance;
import org.sparkvae.linear.LinearGaussian;
import org.sparkvae.linear.LogDensity;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;

/**
 * A linear Gaussian model, fitted and not trained, of which log p(x) is known: x = mean + W z +
 * noise. It is recorded as the linear VAE that it is, whose encoder gives the posterior itself, so
 * that the ELBO of that VAE is log p(x).
 */
public sealed interface LinearModel extends Model permits Ppca, FactorAnalysis {
  /**
   * What a fit finds.
   *
   * @param model of maximum likelihood, of a diagonal precision of z where x is known
   * @param course how the fit went, in a few words
   */
  record Estimate(LinearGaussian model, String course) {}

  /** The model of the images of a mean and covariance. */
  Estimate estimate(Covariance images);

  /** The VAE that records it. */
  LinearVae wiring();

  @Override
  default Optional<Contradiction> contradiction() {
    return Optional.empty();
  }

  @Override
  default Support support() {
    return wiring().vae().support();
  }

  /** Nothing but the kind of model decides that. */
  @Override
  default String supportSetting() {
    return "type";
  }

  @Override
  default Optional<Fit<?>> fit() {
    return Optional.of(new LinearFit(this));
  }

  @Override
  default Optional<ToDoubleFunction<float[]>> logLikelihood(Shape x, INDArray parameters) {
    return Optional.of(new LogDensity(wiring().model(x, parameters.toFloatVector()))::of);
  }

  @Override
  default List<Matrix> posterior(Recorder recorder, Batch batch) {
    return wiring().vae().posterior(recorder, batch);
  }

  @Override
  default List<Matrix> movable(List<Matrix> parameters) {
    return wiring().vae().movable(parameters);
  }

  @Override
  default Terms on(Recorder recorder, Batch batch, List<Matrix> posterior, Draws draws) {
    return wiring().vae().on(recorder, batch, posterior, draws);
  }

  @Override
  default Distribution given(Recorder recorder, Matrix z, Shape x) {
    return wiring().vae().given(recorder, z, x);
  }

  @Override
  default Optional<Scorable> prior(Recorder recorder, Shape x) {
    return wiring().vae().prior(recorder, x);
  }

  @Override
  default String summary(Shape x) {
    return String.format(Locale.ROOT, "%1$d-z%2$d-%1$d, %3$s", x.values(), latent(), title());
  }
}
