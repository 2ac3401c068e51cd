package org.sparkvae.annealing;

import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.likelihood.Gaussian;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.posterior.Posterior;
import org.sparkvae.prior.StandardNormal;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Vae;

/**
 * x = b + z_1 w_1 + z_2 w_2 + s e, z and e standard normal, with an encoder that knows nothing of
 * it: p(x) and p(z|x) are Gaussians in closed form.
 */
final class LinearModel {
  static final int LATENT = 2;
  static final float[] X = {1.1f, 0.2f, 0.9f};

  private static final int PIXELS = 3;
  private static final Mlp NONE = new Mlp(List.of(), Activation.TANH);
  private static final double VARIANCE = 0.25;

  /** Of the encoder's parameters: without weights its posterior would be the prior. */
  private static final double ENCODER = 0.4;

  private static final double[][] W = {{0.7, -0.4, 0.5}, {0.3, 0.8, -0.2}};
  private static final double[] B = {0.3, 0.5, 0.4};

  private LinearModel() {}

  /** Of every kind, those that a code of so few dimensions has. */
  static Stream<Posterior> posteriors() {
    return ModelCases.posteriors().stream().filter(q -> q.misfit(LATENT).isEmpty());
  }

  static ImageModel of(Posterior posterior) {
    return new ImageModel(
        Shape.vector(PIXELS),
        new Vae(
            LATENT,
            NONE,
            posterior,
            new StandardNormal(),
            NONE,
            new Gaussian(Gaussian.Variance.SHARED, 1e-3)));
  }

  static INDArray parameters(ImageModel model) {
    double[] values = ModelCases.parameters(model, DataType.DOUBLE, 4).toDoubleVector();
    ParameterLayout layout = model.layout();
    for (ParameterLayout.Block block : layout.blocks()) {
      int at = Math.toIntExact(block.offset());
      switch (block.name()) {
        case "likelihood.weight" -> {
          System.arraycopy(W[0], 0, values, at, PIXELS);
          System.arraycopy(W[1], 0, values, at + PIXELS, PIXELS);
        }
        case "likelihood.bias" -> System.arraycopy(B, 0, values, at, PIXELS);
        case "likelihood.raw-variance" -> values[at] = Math.log(Math.expm1(VARIANCE - 1e-3));
        default -> {
          double open = ModelCases.isGate(block) ? ModelCases.OPEN : 0;
          for (int i = at; i < at + block.length(); i++) {
            values[i] = open + ENCODER * (values[i] - open);
          }
        }
      }
    }
    return Nd4j.createFromArray(values).castTo(DataType.FLOAT);
  }

  /** The precision of p(z|x), I + W W^T / s^2, as (1, 1), (1, 2) and (2, 2). */
  private static double[] precision() {
    return new double[] {
      1 + dot(W[0], W[0]) / VARIANCE, dot(W[0], W[1]) / VARIANCE, 1 + dot(W[1], W[1]) / VARIANCE
    };
  }

  /** The covariance of p(z|x), as (1, 1), (1, 2) and (2, 2). */
  static double[] covariance() {
    double[] p = precision();
    double determinant = p[0] * p[2] - p[1] * p[1];
    return new double[] {p[2] / determinant, -p[1] / determinant, p[0] / determinant};
  }

  /** The mean of p(z|x). */
  static double[] mean(float[] x) {
    double[] c = covariance();
    double[] off = residual(x);
    double first = dot(W[0], off) / VARIANCE;
    double second = dot(W[1], off) / VARIANCE;
    return new double[] {c[0] * first + c[1] * second, c[1] * first + c[2] * second};
  }

  /** log p(x), nats. */
  static double logP(float[] x) {
    double[] p = precision();
    double[] off = residual(x);
    double[] m = mean(x);
    double quadratic = (dot(off, off) - m[0] * dot(W[0], off) - m[1] * dot(W[1], off)) / VARIANCE;
    double determinant = p[0] * p[2] - p[1] * p[1];
    return -0.5 * (quadratic + Math.log(determinant) + PIXELS * Math.log(2 * Math.PI * VARIANCE));
  }

  private static double[] residual(float[] x) {
    double[] off = new double[PIXELS];
    for (int j = 0; j < PIXELS; j++) {
      off[j] = x[j] - B[j];
    }
    return off;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }
}
