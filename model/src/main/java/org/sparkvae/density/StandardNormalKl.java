package org.sparkvae.density;

import static org.sparkvae.host.HostFloats.bytes;
import static org.sparkvae.tensor.formula.Formula.image;

import java.util.Map;
import org.sparkvae.host.HostFloats;
import org.sparkvae.tensor.Computation;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.formula.Function;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * KL(N(mean, exp logVariance) || N(0, I)) of a packed Gaussian per image: 1/2 sum_d
 * (exp(logVariance_d) + mean_d^2 - 1 - logVariance_d) (Kingma & Welling, appendix B).
 */
public final class StandardNormalKl {
  private static final Formula.Operand MEAN = image("mean");
  private static final Formula.Operand LOG_VARIANCE = image("log-variance");
  private static final Formula NATS =
      LOG_VARIANCE.apply(Function.EXP).minus(1).minus(LOG_VARIANCE).plus(MEAN.squared()).times(0.5);

  private StandardNormalKl() {}

  /**
   * Records it, [images].
   *
   * @param packed [images, 2 latent]
   */
  public static Rows of(Recorder recorder, Matrix packed) {
    int latent = packed.columns() / 2;
    return recorder.sumOverColumns(
        NATS,
        Map.of(MEAN, packed.range(0, latent), LOG_VARIANCE, packed.range(latent, latent)),
        out -> new Loops(packed, out));
  }

  /**
   * Records that of each dimension, [images, latent].
   *
   * @param packed [images, 2 latent]
   */
  public static Matrix ofDimensions(Recorder recorder, Matrix packed) {
    int latent = packed.columns() / 2;
    return recorder.map(
        NATS, Map.of(MEAN, packed.range(0, latent), LOG_VARIANCE, packed.range(latent, latent)));
  }

  private record Loops(Matrix packed, Rows out) implements Computation {
    @Override
    public void forward(Kernels kernels) {
      gaussian().kl(bytes(packed.value()), out.value());
      HostFloats.keep(packed.value());
    }

    @Override
    public void backward(Kernels kernels) {
      if (packed.gradient() != null) {
        gaussian()
            .klBackward(
                bytes(packed.value()), out.gradient(), packed.claim(), bytes(packed.gradient()));
        HostFloats.keep(packed.value(), packed.gradient());
      }
    }

    private VectorGaussian gaussian() {
      return new VectorGaussian(packed.rows(), packed.columns() / 2);
    }
  }
}
