package org.sparkvae.density;

import static org.sparkvae.host.HostFloats.bytes;
import static org.sparkvae.tensor.formula.Formula.image;
import static org.sparkvae.tensor.formula.Formula.value;

import java.util.Map;
import org.sparkvae.host.HostFloats;
import org.sparkvae.tensor.Computation;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.formula.Function;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * A reparameterised sample of a packed diagonal Gaussian, z = mean + exp(logVariance / 2) noise
 * (Kingma & Welling, section 2.4).
 */
public final class GaussianSample {
  private static final Formula.Operand MEAN = image("mean");
  private static final Formula.Operand LOG_VARIANCE = image("log-variance");
  private static final Formula.Operand NOISE = value("noise");
  private static final Formula Z =
      LOG_VARIANCE.times(0.5).apply(Function.EXP).times(NOISE).plus(MEAN);

  private GaussianSample() {}

  /**
   * Records it, [samples * images, latent].
   *
   * @param packed [images, 2 latent]
   * @param noise standard normal, [samples * images, latent]
   */
  public static Matrix of(Recorder recorder, Matrix packed, Matrix noise) {
    int latent = noise.columns();
    return recorder.map(
        Z,
        Map.of(
            MEAN,
            packed.range(0, latent),
            LOG_VARIANCE,
            packed.range(latent, latent),
            NOISE,
            noise),
        z -> new Loops(packed, noise, z));
  }

  private record Loops(Matrix packed, Matrix noise, Matrix z) implements Computation {
    /** The loops take noise for a constant. */
    @Override
    public boolean isComplete() {
      return noise.gradient() == null;
    }

    @Override
    public void forward(Kernels kernels) {
      new VectorGaussian(packed.rows(), noise.columns())
          .sample(bytes(packed.value()), bytes(noise.value()), bytes(z.value()));
      HostFloats.keep(packed.value(), noise.value(), z.value());
    }

    @Override
    public void backward(Kernels kernels) {
      if (packed.gradient() != null) {
        new VectorGaussian(packed.rows(), noise.columns())
            .sampleBackward(
                bytes(packed.value()),
                bytes(noise.value()),
                bytes(z.gradient()),
                packed.claim(),
                bytes(packed.gradient()));
        HostFloats.keep(packed.value(), noise.value(), z.gradient(), packed.gradient());
      }
    }
  }
}
