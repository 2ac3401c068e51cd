package org.sparkvae.job.evaluate;

import java.util.List;
import java.util.Random;
import org.sparkvae.job.data.ImageBlock;
import org.sparkvae.likelihood.Gaussian;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Vae;

/**
 * Probabilistic PCA as a VAE: x = b + W z + s e, of which log p(x) = log N(x; b, W W' + s^2 I) and
 * the posterior are known. The two columns of W are orthogonal, so that the posterior is diagonal.
 */
final class LinearGaussian {
  static final int PIXELS = 6;
  static final int LATENT = 2;
  private static final double[][] COLUMNS = {
    {0.1, 0.1, 0.1, 0.1, 0, 0.05}, {0.04, -0.04, 0.08, -0.08, 0.03, 0}
  };
  private static final double BIAS = 0.5;
  private static final double NOISE_VARIANCE = 0.0025;
  private static final double MIN_VARIANCE = 1e-4;
  private static final Mlp NONE = new Mlp(List.of(), Activation.TANH);

  static final ImageModel SPEC =
      new ImageModel(
          Shape.vector(PIXELS),
          new Vae(LATENT, NONE, NONE, new Gaussian(Gaussian.Variance.SHARED, MIN_VARIANCE)));

  private LinearGaussian() {}

  /**
   * The model's parameters.
   *
   * @param shift of the encoder's means from the posterior's, in posterior standard deviations
   * @param scale of the encoder's variances, in posterior variances
   */
  static float[] parameters(double shift, double scale) {
    ParameterLayout layout = SPEC.layout();
    float[] flat = new float[Math.toIntExact(layout.length())];
    for (int d = 0; d < LATENT; d++) {
      double variance = posteriorVariance(d);
      double offset = shift * Math.sqrt(variance);
      for (int i = 0; i < PIXELS; i++) {
        double slope = COLUMNS[d][i] * variance / NOISE_VARIANCE;
        offset -= slope * BIAS;
        set(flat, layout, "posterior.weight", i * 2 * LATENT + d, slope);
        set(flat, layout, "likelihood.weight", d * PIXELS + i, COLUMNS[d][i]);
      }
      set(flat, layout, "posterior.bias", d, offset);
      set(flat, layout, "posterior.bias", LATENT + d, Math.log(scale * variance));
    }
    for (int i = 0; i < PIXELS; i++) {
      set(flat, layout, "likelihood.bias", i, BIAS);
    }
    double raw = Math.log(Math.expm1(NOISE_VARIANCE - MIN_VARIANCE));
    set(flat, layout, "likelihood.raw-variance", 0, raw);
    return flat;
  }

  private static void set(
      float[] flat, ParameterLayout layout, String block, int index, double value) {
    flat[Math.toIntExact(layout.block(block).offset()) + index] = (float) value;
  }

  private static double posteriorVariance(int d) {
    double squares = 0;
    for (double w : COLUMNS[d]) {
      squares += w * w;
    }
    return 1 / (1 + squares / NOISE_VARIANCE);
  }

  /** KL(q(z|x) || p(z|x)) of that encoder, the same for every x. */
  static double gap(double shift, double scale) {
    return LATENT * 0.5 * (scale + shift * shift - 1 - Math.log(scale));
  }

  /** Draws images with ids 0.. from the model, rounded to bytes. */
  static ImageBlock images(int count) {
    Random random = new Random(5);
    long[] ids = new long[count];
    byte[] pixels = new byte[count * PIXELS];
    for (int n = 0; n < count; n++) {
      ids[n] = n;
      double[] z = {random.nextGaussian(), random.nextGaussian()};
      for (int i = 0; i < PIXELS; i++) {
        double noise = Math.sqrt(NOISE_VARIANCE) * random.nextGaussian();
        double x = BIAS + COLUMNS[0][i] * z[0] + COLUMNS[1][i] * z[1] + noise;
        pixels[n * PIXELS + i] = (byte) Math.round(255 * Math.max(0, Math.min(1, x)));
      }
    }
    return new ImageBlock(ids, new int[count], pixels);
  }

  /** log p(x) by the Cholesky factor of the covariance. */
  static double logDensity(ImageBlock images, int n) {
    double[][] factor = new double[PIXELS][PIXELS];
    double[] solved = new double[PIXELS];
    double logDensity = -0.5 * PIXELS * Math.log(2 * Math.PI);
    for (int i = 0; i < PIXELS; i++) {
      double residual = (images.pixels()[n * PIXELS + i] & 255) / 255.0 - BIAS;
      for (int j = 0; j <= i; j++) {
        double value = i == j ? NOISE_VARIANCE : 0;
        for (double[] column : COLUMNS) {
          value += column[i] * column[j];
        }
        for (int k = 0; k < j; k++) {
          value -= factor[i][k] * factor[j][k];
        }
        factor[i][j] = i == j ? Math.sqrt(value) : value / factor[j][j];
      }
      for (int k = 0; k < i; k++) {
        residual -= factor[i][k] * solved[k];
      }
      solved[i] = residual / factor[i][i];
      logDensity -= 0.5 * solved[i] * solved[i] + Math.log(factor[i][i]);
    }
    return logDensity;
  }
}
