package org.sparkvae.density;

import static org.sparkvae.host.HostFloats.bytes;
import static org.sparkvae.tensor.formula.Formula.image;
import static org.sparkvae.tensor.formula.Formula.value;

import java.util.Map;
import org.sparkvae.host.HostFloats;
import org.sparkvae.tensor.Computation;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * The log-density of a reparameterised sample under its own packed Gaussian, per row: -1/2 sum_d
 * (log 2 pi + logVariance_d + noise_d^2). The means have no part in it.
 */
public final class GaussianSampleLogDensity {
  private static final Formula.Operand LOG_VARIANCE = image("log-variance");
  private static final Formula.Operand NOISE = value("noise");
  private static final Formula NATS = GaussianFormula.logDensity(NOISE.squared(), LOG_VARIANCE);

  private GaussianSampleLogDensity() {}

  /**
   * Records it, [samples * images].
   *
   * @param packed [images, 2 latent]
   * @param noise that the sample was made of, [samples * images, latent]
   */
  public static Rows of(Recorder recorder, Matrix packed, Matrix noise) {
    int latent = noise.columns();
    return recorder.sumOverColumns(
        NATS,
        Map.of(LOG_VARIANCE, packed.range(latent, latent), NOISE, noise),
        out -> new Loops(packed, noise, out));
  }

  private record Loops(Matrix packed, Matrix noise, Rows out) implements Computation {
    /** The loops take noise for a constant. */
    @Override
    public boolean isComplete() {
      return noise.gradient() == null;
    }

    @Override
    public void forward(Kernels kernels) {
      new VectorGaussian(packed.rows(), noise.columns())
          .sampleLogDensity(bytes(packed.value()), bytes(noise.value()), out.value());
      HostFloats.keep(packed.value(), noise.value());
    }

    @Override
    public void backward(Kernels kernels) {
      if (packed.gradient() != null) {
        new VectorGaussian(packed.rows(), noise.columns())
            .sampleLogDensityBackward(out.gradient(), packed.claim(), bytes(packed.gradient()));
        HostFloats.keep(packed.gradient());
      }
    }
  }
}
