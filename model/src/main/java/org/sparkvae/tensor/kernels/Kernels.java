package org.sparkvae.tensor.kernels;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.host.FloatSource;
import org.sparkvae.tensor.formula.Frame;
import org.sparkvae.tensor.formula.Run;

/**
 * The narrow set of fused numeric operations that everything above is made of.
 *
 * <p>Every {@link INDArray} is a matrix or a vector in row-major ('c') order, contiguous over its
 * own memory from {@code offset()} on, and all arrays of one call have one floating-point type.
 * Nothing is allocated that outlives a call, but for a {@link #source}. Values per row
 * (log-densities) are float64 on the host, so that means and log-sum-exps over them lose nothing. A
 * backward operation is given the derivative of the loss by its output and adds to, or sets, that
 * by its inputs: where a {@code beta} is named, the result is {@code beta * old + new} with beta 0
 * (old contents are ignored, even NaN) or 1.
 *
 * <p>Rows of a sampled matrix are ordered sample-major: row {@code s * images + i} holds sample
 * {@code s} of image {@code i}. A packed diagonal Gaussian is [images, 2 * latent]: the means, then
 * the log-variances.
 */
public interface Kernels {

  /** C = op(A) op(B) + beta C, matrix product. Shapes after op: [m, k] [k, n] -> [m, n]. */
  void multiply(
      INDArray a, boolean transposeA, INDArray b, boolean transposeB, double beta, INDArray c);

  /** In place: a[r, :] = f(a[r, :] + bias). a [rows, n], bias [n]. */
  void activate(INDArray a, INDArray bias, Activation f);

  /**
   * In place: gradient *= f'(output), then biasGradient = beta * biasGradient + column sums of
   * gradient. output and gradient [rows, n], biasGradient [n].
   */
  void activateBackward(
      INDArray output, INDArray gradient, Activation f, double beta, INDArray biasGradient);

  /**
   * Reparameterised sample z = mean + exp(logVariance / 2) * noise. packed [images, 2 latent],
   * noise and z [samples * images, latent].
   */
  void gaussianSample(INDArray packed, INDArray noise, INDArray z);

  /**
   * Backward of {@link #gaussianSample}: the gradients by mean and log-variance, summed over the
   * samples of an image; packedGradient = beta * packedGradient + ....
   */
  void gaussianSampleBackward(
      INDArray packed, INDArray noise, INDArray zGradient, double beta, INDArray packedGradient);

  /**
   * The log-density of a reparameterised sample under its own Gaussian, per row: -1/2 sum_d (log 2
   * pi + logVariance_d + noise_d^2). packed [images, 2 latent], noise [rows, latent], out [rows].
   */
  void gaussianSampleLogDensity(INDArray packed, INDArray noise, double[] out);

  /**
   * Backward of {@link #gaussianSampleLogDensity}: only the log-variances have a derivative, -1/2;
   * rowGradient [rows], packedGradient = beta * packedGradient + ....
   */
  void gaussianSampleLogDensityBackward(double[] rowGradient, double beta, INDArray packedGradient);

  /** log N(z; 0, I) per row: -1/2 sum_d (log 2 pi + z_d^2). z [rows, latent], out [rows]. */
  void standardNormalLogDensity(INDArray z, double[] out);

  /** Backward of {@link #standardNormalLogDensity}: zGradient = beta * zGradient - row * z. */
  void standardNormalLogDensityBackward(
      INDArray z, double[] rowGradient, double beta, INDArray zGradient);

  /**
   * KL(N(mean, exp logVariance) || N(0, I)) per image: 1/2 sum_d (exp(lv) + mean^2 - 1 - lv)
   * (Kingma & Welling, appendix B). packed [images, 2 latent], out [images].
   */
  void standardNormalKl(INDArray packed, double[] out);

  /** Backward of {@link #standardNormalKl}: rowGradient [images]. */
  void standardNormalKlBackward(
      INDArray packed, double[] rowGradient, double beta, INDArray packedGradient);

  /**
   * Bernoulli log-likelihood per row from logits: sum_d x_d l_d - log(1 + e^l_d), with l = logits +
   * bias. x [images, pixels] in [0, 1], logits [rows, pixels] without bias, bias [pixels], out
   * [rows]. Where {@code residual} is not null, it is set to x - sigmoid(l), the derivative by the
   * logits; it may be the logits array itself.
   */
  void bernoulliLogLikelihood(
      INDArray x, INDArray logits, INDArray bias, double[] out, INDArray residual);

  /**
   * Gaussian log-likelihood per row with a variance per pixel: -1/2 sum_d (log 2 pi + log v_d +
   * (x_d - m_d)^2 / v_d), v = minVariance + softplus(raw). x [images, pixels], packed [rows, 2
   * pixels]: means, then raws, out [rows]. Where {@code residual} is not null it is set to the
   * derivative by packed; it may be packed itself.
   */
  void gaussianLogLikelihood(
      INDArray x, INDArray packed, double minVariance, double[] out, INDArray residual);

  /**
   * As {@link #gaussianLogLikelihood} with one raw variance for all pixels. means [rows, pixels],
   * raw [1]. Where {@code residual} is not null it is set to the derivative by the means, and
   * {@code rawDerivative} [rows] to that by raw.
   */
  void gaussianSharedLogLikelihood(
      INDArray x,
      INDArray means,
      INDArray raw,
      double minVariance,
      double[] out,
      INDArray residual,
      double[] rawDerivative);

  /** Compiled formulas on their arrays, which are of one type. */
  Run formulas(Frame frame, DataType type);

  /** In place: a[r, :] *= row[r]. a [rows, n]. */
  void scaleRows(INDArray a, double[] row);

  /** In place: y += alpha * x, over whole arrays of one length. */
  void addScaled(double alpha, INDArray x, INDArray y);

  /** The sum of squares of all values, accumulated in float64. */
  double sumOfSquares(INDArray a);

  /**
   * One Adam step (Kingma & Ba, algorithm 1), descending: m = beta1 m + (1 - beta1) g; v = beta2 v
   * + (1 - beta2) g^2; p -= rate * (m / correction1) / (sqrt(v / correction2) + epsilon), where
   * correction_i = 1 - beta_i^t. All arrays [n].
   */
  void adam(
      INDArray parameters,
      INDArray gradient,
      INDArray firstMoment,
      INDArray secondMoment,
      double rate,
      double beta1,
      double beta2,
      double epsilon,
      double correction1,
      double correction2);

  /** One momentum step, descending: velocity = momentum velocity + g; p -= rate velocity. */
  void momentum(
      INDArray parameters, INDArray gradient, INDArray velocity, double rate, double momentum);

  /** Copies rows * columns values of a host buffer, from its start, into an array. */
  void copyIn(float[] host, INDArray array);

  /** Copies a whole array into a host buffer, from its start. */
  void copyOut(INDArray array, float[] host);

  /**
   * The values of an array, for any thread to read until the array is written to again: the array's
   * own memory where the fused loops can run, else a copy in host memory.
   */
  FloatSource source(INDArray array);

  /**
   * The kernels for an array type: the fused vectorised loops for float32 arrays in host memory
   * where this JVM has the Vector API module, else the plain ND4J operations.
   */
  static Kernels of(INDArray example) {
    return KernelChoice.of(example);
  }
}
