package org.sparkvae.posterior;

import static org.sparkvae.tensor.formula.Formula.image;
import static org.sparkvae.tensor.formula.Formula.value;
import static org.sparkvae.tensor.formula.Function.LOG;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.sparkvae.density.GaussianSampleLogDensity;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.tensor.HostLoop;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Parameter;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Start;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.kernels.Activation;

/**
 * Gaussians of a triangular map of noise, z = mean + n, n = T e, e ~ N(0, I), where the diagonal of
 * T is exp(s / 2): log q(z|x) = -1/2 sum_i (log 2 pi + s_i + e_i^2), and with the marginal
 * variances v, KL(q || N(0, I)) = 1/2 sum_i (v_i + mean_i^2 - 1 - s_i), nats.
 *
 * @param packed means, then s, [images, 2 k]
 * @param links what makes T beside its diagonal, [images, n]
 * @param variance v, [images, k]
 * @param offset records n from e, both [samples * images, k]
 * @param noises from draws [samples * images, k], packed and links, the noise e of each, of the
 *     same shape
 * @param densities from values [rows, k], packed and links, the log-density of each value under
 *     each Gaussian, [rows, images]
 */
record Correlated(
    Recorder recorder,
    Matrix packed,
    Matrix links,
    Matrix variance,
    UnaryOperator<Matrix> offset,
    Supplier<HostLoop.Body> noises,
    Supplier<HostLoop.Body> densities)
    implements Samplable {
  private static final Formula.Operand S = value("s");
  private static final Formula.Operand MEAN = value("mean");
  private static final Formula.Operand IMAGE_MEAN = image("mean");
  private static final Formula.Operand OFFSET = value("offset");
  private static final Formula.Operand VARIANCE = value("variance");

  /**
   * Records means and s, then the links where there is more than one dimension, each by an affine
   * head on the body. The links start at 0, so that training starts from the diagonal Gaussian.
   *
   * @param features the body, [images, n]
   * @param links how many there are
   */
  static List<Matrix> parameters(Recorder recorder, Matrix features, int latent, int links) {
    Matrix packed = recorder.dense(features, 2 * latent, Activation.IDENTITY);
    if (latent == 1) {
      return List.of(packed);
    }
    Recorder link = recorder.at("link");
    Start zero = new Start.Constant(0);
    Parameter weight = link.weight("weight", features.columns(), links, zero);
    Parameter bias = link.vector("bias", links, zero);
    return List.of(packed, recorder.dense(features, weight, bias, Activation.IDENTITY));
  }

  private int latent() {
    return variance.columns();
  }

  @Override
  public Drawn draw() {
    Matrix noise = recorder.normal(latent());
    Matrix z =
        recorder.map(
            IMAGE_MEAN.plus(OFFSET),
            Map.of(IMAGE_MEAN, packed.range(0, latent()), OFFSET, offset.apply(noise)));
    return new Drawn(z, GaussianSampleLogDensity.of(recorder, packed, noise));
  }

  @Override
  public Matrix mean() {
    return recorder.columns(packed, 0, latent());
  }

  @Override
  public Optional<Matrix> noiseOf(Matrix draw) {
    return Optional.of(
        HostLoop.of(recorder, List.of(draw, packed, links), draw.rows(), latent(), noises.get()));
  }

  @Override
  public Optional<Rows> logDensityOf(Matrix draws) {
    return noiseOf(draws).map(noise -> GaussianSampleLogDensity.of(recorder, packed, noise));
  }

  @Override
  public Optional<Matrix> logVariance() {
    return Optional.of(recorder.map(VARIANCE.apply(LOG), Map.of(VARIANCE, variance)));
  }

  @Override
  public Optional<Matrix> logDensities(Matrix values) {
    return Optional.of(
        HostLoop.of(
            recorder,
            List.of(values, packed, links),
            values.rows(),
            packed.rows(),
            densities.get()));
  }

  @Override
  public Optional<Rows> klToStandardNormal() {
    return Optional.of(
        recorder.sumOverColumns(
            VARIANCE.plus(MEAN.squared()).minus(1).minus(S).times(0.5),
            Map.of(
                VARIANCE, variance,
                MEAN, packed.range(0, latent()),
                S, packed.range(latent(), latent()))));
  }
}
