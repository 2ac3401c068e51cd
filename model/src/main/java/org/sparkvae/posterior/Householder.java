package org.sparkvae.posterior;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Misfit;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.tensor.HostLoop;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Start;
import org.sparkvae.tensor.kernels.Activation;

/**
 * Householder flows: a draw of another family, reflected again and again, so that a diagonal
 * Gaussian becomes one of the covariance U diag(v) U^T, U orthogonal (Tomczak & Welling, 2016,
 * "Improving Variational Auto-Encoders using Householder Flow").
 *
 * <p>z' = z - 2 v (v . z) / |v|^2: no volume changes, and log q(z'|x) = log q(z|x), nats. As the
 * standard normal distribution looks alike from all sides, KL(q || N(0, I)) is the base's. v_1,
 * [images, latent], is affine in the encoder's features, and each further v in the one before, by
 * heads of the weights i.weight and i.bias. The biases start above 0: where v is 0, nothing is
 * reflected, nor would it ever be.
 *
 * <p>There is no variance of each dimension. The code that stands for the distribution is the
 * base's, reflected: the mean, where that is the base's mean.
 *
 * @param length reflections
 * @param base the family whose draws are reflected
 */
public record Householder(
    @Setting(says = "Reflections in a row.", otherwise = "10", least = 1) int length,
    @Setting(says = "The family whose draws are reflected.", otherwise = "diagonal-gaussian")
        Posterior base)
    implements Posterior {
  private static final Start START = new Start.Constant(0.1f);

  /** Checks the length. */
  public Householder {
    if (length < 1) {
      throw new IllegalArgumentException("length must be at least 1, but is " + length);
    }
  }

  @Override
  public Optional<Misfit> misfit(int latent) {
    return base.misfitAsBase(latent).map(misfit -> misfit.in("base"));
  }

  /** The direction of each reflection, then the base's. */
  @Override
  public List<Matrix> parameters(Recorder recorder, Matrix features, int latent) {
    List<Matrix> ofBase = base.parameters(recorder.at("base"), features, latent);
    List<Matrix> all = new ArrayList<>();
    Matrix before = features;
    for (int i = 0; i < length; i++) {
      Recorder at = recorder.at(Integer.toString(i));
      before =
          at.dense(
              before,
              at.weight("weight", before.columns(), latent),
              at.vector("bias", latent, START),
              Activation.IDENTITY);
      all.add(before);
    }
    all.addAll(ofBase);
    return all;
  }

  /** The directions, whose lengths do not count, and what is movable of the base. */
  @Override
  public List<Matrix> movable(List<Matrix> parameters) {
    List<Matrix> movable = new ArrayList<>(parameters.subList(0, length));
    movable.addAll(base.movable(parameters.subList(length, parameters.size())));
    return movable;
  }

  @Override
  public Samplable of(Recorder recorder, List<Matrix> parameters, int latent) {
    Samplable start =
        base.of(recorder.at("base"), parameters.subList(length, parameters.size()), latent);
    return new Given(recorder, start, parameters.subList(0, length));
  }

  /**
   * The distribution of each image.
   *
   * @param directions each [images, latent]
   */
  private record Given(Recorder recorder, Samplable start, List<Matrix> directions)
      implements Samplable {
    @Override
    public Drawn draw() {
      Drawn drawn = start.draw();
      return new Drawn(reflected(drawn.value()), drawn.logDensity());
    }

    /** That of the reflected draws' images, as each reflection is its own inverse. */
    @Override
    public Optional<Rows> logDensityOf(Matrix draws) {
      List<Matrix> back = new ArrayList<>(directions);
      Collections.reverse(back);
      return start.logDensityOf(new Given(recorder, start, back).reflected(draws));
    }

    @Override
    public Matrix mean() {
      return reflected(start.mean());
    }

    @Override
    public Optional<Rows> klToStandardNormal() {
      return start.klToStandardNormal();
    }

    private Matrix reflected(Matrix z) {
      List<Matrix> inputs = new ArrayList<>(directions);
      inputs.add(z);
      int images = directions.get(0).rows();
      return HostLoop.of(
          recorder, inputs, z.rows(), z.columns(), new Reflected(z.columns(), images));
    }
  }
}
