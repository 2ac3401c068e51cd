package org.sparkvae.job.analyse;

import java.util.List;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.job.apply.ModelHere;
import org.sparkvae.job.apply.SeenImage;
import org.sparkvae.likelihood.Gaussian;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.posterior.Planar;
import org.sparkvae.posterior.Posterior;
import org.sparkvae.prior.StandardNormal;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Vae;

/**
 * A model x = b + W z + s e with two latent dimensions whose posterior is correlated: Gaussian, of
 * precision P = I + W' W / s^2, the same for every x. The encoder gives Gaussians of independent
 * dimensions, of shifted means.
 */
final class CorrelatedGaussian {
  private static final int PIXELS = 3;
  private static final int LATENT = 2;
  private static final double[][] COLUMNS = {{0.3, 0.2, 0.1}, {0.2, 0.3, -0.1}};
  private static final double BIAS = 0.5;
  private static final double NOISE_VARIANCE = 0.05;
  private static final double MIN_VARIANCE = 1e-3;
  private static final double SHIFT = 0.3;
  private static final double ENCODED_VARIANCE = 0.6;
  private static final Mlp NONE = new Mlp(List.of(), Activation.TANH);

  private CorrelatedGaussian() {}

  /** With a family of posteriors of which the independent Gaussians are members, or the base. */
  static ModelHere model(Posterior posterior) {
    ImageModel spec =
        new ImageModel(
            Shape.vector(PIXELS),
            new Vae(
                LATENT,
                NONE,
                posterior,
                new StandardNormal(),
                NONE,
                new Gaussian(Gaussian.Variance.SHARED, MIN_VARIANCE)));
    ParameterLayout layout = spec.layout();
    INDArray start = Nd4j.create(DataType.FLOAT, layout.length());
    spec.initialise(1, new float[PIXELS], start);
    float[] flat = start.toFloatVector();
    String encoder = posterior instanceof Planar ? "posterior.base" : "posterior";
    double[][] precision = precision();
    double determinant = determinant(precision);
    double[] offset = {SHIFT, SHIFT};
    for (int i = 0; i < PIXELS; i++) {
      for (int d = 0; d < LATENT; d++) {
        double slope =
            (precision[1 - d][1 - d] * COLUMNS[d][i] - precision[0][1] * COLUMNS[1 - d][i])
                / determinant
                / NOISE_VARIANCE;
        offset[d] -= slope * BIAS;
        set(flat, layout, encoder + ".weight", i * 2 * LATENT + d, slope);
        set(flat, layout, encoder + ".weight", i * 2 * LATENT + LATENT + d, 0);
        set(flat, layout, "likelihood.weight", d * PIXELS + i, COLUMNS[d][i]);
      }
      set(flat, layout, "likelihood.bias", i, BIAS);
    }
    for (int d = 0; d < LATENT; d++) {
      set(flat, layout, encoder + ".bias", d, offset[d]);
      set(flat, layout, encoder + ".bias", LATENT + d, Math.log(ENCODED_VARIANCE));
    }
    double raw = Math.log(Math.expm1(NOISE_VARIANCE - MIN_VARIANCE));
    set(flat, layout, "likelihood.raw-variance", 0, raw);
    return new ModelHere(spec, Nd4j.createFromArray(flat), 3);
  }

  private static void set(
      float[] flat, ParameterLayout layout, String block, int index, double value) {
    flat[Math.toIntExact(layout.block(block).offset()) + index] = (float) value;
  }

  private static double[][] precision() {
    double[][] precision = {{1, 0}, {0, 1}};
    for (int d = 0; d < LATENT; d++) {
      for (int e = 0; e < LATENT; e++) {
        for (int i = 0; i < PIXELS; i++) {
          precision[d][e] += COLUMNS[d][i] * COLUMNS[e][i] / NOISE_VARIANCE;
        }
      }
    }
    return precision;
  }

  private static double determinant(double[][] of) {
    return of[0][0] * of[1][1] - of[0][1] * of[1][0];
  }

  /** KL(q || posterior) of the independent Gaussians nearest to it: variances 1 / P_dd. */
  static double approximationGap() {
    double[][] precision = precision();
    return 0.5 * Math.log(precision[0][0] * precision[1][1] / determinant(precision));
  }

  /** KL(q || posterior) of the encoder's. */
  static double encoderGap() {
    double[][] p = precision();
    double trace = ENCODED_VARIANCE * (p[0][0] + p[1][1]);
    double square = SHIFT * SHIFT * (p[0][0] + 2 * p[0][1] + p[1][1]);
    double logs = Math.log(determinant(p)) + LATENT * Math.log(ENCODED_VARIANCE);
    return 0.5 * (trace + square - LATENT - logs);
  }

  /** log N(x; b, W W' + s^2 I), by the posterior: log p(x|m) + log p(m) - log q(m). */
  static double logDensity(float[] x) {
    double[][] p = precision();
    double determinant = determinant(p);
    double[] slopes = new double[LATENT];
    for (int d = 0; d < LATENT; d++) {
      for (int i = 0; i < PIXELS; i++) {
        slopes[d] += COLUMNS[d][i] * (x[i] - BIAS) / NOISE_VARIANCE;
      }
    }
    double[] m = {
      (p[1][1] * slopes[0] - p[0][1] * slopes[1]) / determinant,
      (p[0][0] * slopes[1] - p[0][1] * slopes[0]) / determinant
    };
    double log = -0.5 * (m[0] * m[0] + m[1] * m[1] + Math.log(determinant));
    for (int i = 0; i < PIXELS; i++) {
      double residual = x[i] - BIAS - COLUMNS[0][i] * m[0] - COLUMNS[1][i] * m[1];
      log -= 0.5 * (residual * residual / NOISE_VARIANCE + Math.log(2 * Math.PI * NOISE_VARIANCE));
    }
    return log;
  }

  /** Images with ids from 100 on. */
  static List<SeenImage> images(int count) {
    Random random = new Random(4);
    return random
        .longs(count)
        .mapToObj(seed -> new Random(seed))
        .map(
            of -> {
              long id = 100 + Math.abs(of.nextLong() % 1_000_000);
              float[] values = {of.nextFloat(), of.nextFloat(), of.nextFloat()};
              return new SeenImage(id, -1, null, null, null, values, () -> values, null);
            })
        .toList();
  }
}
