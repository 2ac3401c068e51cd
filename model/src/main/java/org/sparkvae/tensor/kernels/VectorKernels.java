package org.sparkvae.tensor.kernels;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;
import static org.sparkvae.host.HostFloats.bytes;
import static org.sparkvae.host.HostFloats.pointer;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.host.FloatSource;
import org.sparkvae.host.HostFloats;
import org.sparkvae.host.VectorMath;
import org.sparkvae.tensor.formula.Frame;
import org.sparkvae.tensor.formula.HostRun;
import org.sparkvae.tensor.formula.Run;

/**
 * The kernels for float32 arrays in host memory: loops of the JDK's Vector API over the arrays' own
 * memory, and OpenBLAS for the products.
 *
 * <p>Nothing is held between calls, so that threads may share one instance. Results are the same
 * bits in interpreted and compiled code on processors of one vector width. A NaN in an input gives
 * a NaN in what depends on it.
 */
final class VectorKernels implements Kernels {
  @Override
  public void multiply(
      INDArray a, boolean transposeA, INDArray b, boolean transposeB, double beta, INDArray c) {
    int m = size(c, 0);
    int n = size(c, 1);
    int k = size(a, transposeA ? 0 : 1);
    cblas_sgemm(
        CblasRowMajor,
        transposeA ? CblasTrans : CblasNoTrans,
        transposeB ? CblasTrans : CblasNoTrans,
        m,
        n,
        k,
        1f,
        pointer(a),
        size(a, 1),
        pointer(b),
        size(b, 1),
        (float) beta,
        pointer(c),
        n);
    keep(a, b, c);
  }

  @Override
  public void activate(INDArray a, INDArray bias, Activation f) {
    VectorActivations.activate(bytes(a), bytes(bias), size(a, 1), f);
    keep(a, bias);
  }

  @Override
  public void activateBackward(
      INDArray output, INDArray gradient, Activation f, double beta, INDArray biasGradient) {
    VectorActivations.backward(bytes(output), bytes(gradient), f, beta, bytes(biasGradient));
    keep(output, gradient, biasGradient);
  }

  @Override
  public void gaussianSample(INDArray packed, INDArray noise, INDArray z) {
    gaussian(packed).sample(bytes(packed), bytes(noise), bytes(z));
    keep(packed, noise, z);
  }

  @Override
  public void gaussianSampleBackward(
      INDArray packed, INDArray noise, INDArray zGradient, double beta, INDArray packedGradient) {
    gaussian(packed)
        .sampleBackward(bytes(packed), bytes(noise), bytes(zGradient), beta, bytes(packedGradient));
    keep(packed, noise, zGradient, packedGradient);
  }

  @Override
  public void gaussianSampleLogDensity(INDArray packed, INDArray noise, double[] out) {
    gaussian(packed).sampleLogDensity(bytes(packed), bytes(noise), out);
    keep(packed, noise);
  }

  @Override
  public void gaussianSampleLogDensityBackward(
      double[] rowGradient, double beta, INDArray packedGradient) {
    gaussian(packedGradient).sampleLogDensityBackward(rowGradient, beta, bytes(packedGradient));
    keep(packedGradient);
  }

  @Override
  public void standardNormalLogDensity(INDArray z, double[] out) {
    new VectorGaussian(size(z, 0), size(z, 1)).standardLogDensity(bytes(z), out);
    keep(z);
  }

  @Override
  public void standardNormalLogDensityBackward(
      INDArray z, double[] rowGradient, double beta, INDArray zGradient) {
    new VectorGaussian(size(z, 0), size(z, 1))
        .standardLogDensityBackward(bytes(z), rowGradient, beta, bytes(zGradient));
    keep(z, zGradient);
  }

  @Override
  public void standardNormalKl(INDArray packed, double[] out) {
    gaussian(packed).kl(bytes(packed), out);
    keep(packed);
  }

  @Override
  public void standardNormalKlBackward(
      INDArray packed, double[] rowGradient, double beta, INDArray packedGradient) {
    gaussian(packed).klBackward(bytes(packed), rowGradient, beta, bytes(packedGradient));
    keep(packed, packedGradient);
  }

  @Override
  public void bernoulliLogLikelihood(
      INDArray x, INDArray logits, INDArray bias, double[] out, INDArray residual) {
    if (residual == null) {
      new VectorBernoulliValue(bytes(x), bytes(logits), bytes(bias)).score(out);
    } else {
      new VectorBernoulli(bytes(x), bytes(logits), bytes(bias)).score(out, bytes(residual));
    }
    keep(x, logits, bias, residual);
  }

  @Override
  public void gaussianLogLikelihood(
      INDArray x, INDArray packed, double minVariance, double[] out, INDArray residual) {
    new VectorGaussianLikelihood(bytes(x), size(x, 1))
        .score(bytes(packed), minVariance, out, residual == null ? null : bytes(residual));
    keep(x, packed, residual);
  }

  @Override
  public void gaussianSharedLogLikelihood(
      INDArray x,
      INDArray means,
      INDArray raw,
      double minVariance,
      double[] out,
      INDArray residual,
      double[] rawDerivative) {
    new VectorGaussianLikelihood(bytes(x), size(x, 1))
        .scoreShared(
            bytes(means),
            HostFloats.get(bytes(raw), 0),
            minVariance,
            out,
            residual == null ? null : bytes(residual),
            rawDerivative);
    keep(x, means, raw, residual);
  }

  @Override
  public Run formulas(Frame frame, DataType type) {
    return new HostRun(frame);
  }

  @Override
  public void scaleRows(INDArray a, double[] row) {
    VectorUpdates.scaleRows(bytes(a), size(a, 1), row);
    keep(a);
  }

  @Override
  public void addScaled(double alpha, INDArray x, INDArray y) {
    VectorUpdates.addScaled((float) alpha, bytes(x), bytes(y));
    keep(x, y);
  }

  @Override
  public double sumOfSquares(INDArray a) {
    double sum = HostFloats.sumOfSquares(bytes(a), 0, Math.toIntExact(a.length()));
    keep(a);
    return sum;
  }

  @Override
  public void adam(
      INDArray parameters,
      INDArray gradient,
      INDArray firstMoment,
      INDArray secondMoment,
      double rate,
      double beta1,
      double beta2,
      double epsilon,
      double correction1,
      double correction2) {
    VectorUpdates.adam(
        bytes(parameters),
        bytes(gradient),
        bytes(firstMoment),
        bytes(secondMoment),
        new VectorUpdates.AdamStep(
            (float) (rate / correction1),
            beta1,
            beta2,
            (float) epsilon,
            (float) (1 / correction2)));
    keep(parameters, gradient, firstMoment, secondMoment);
  }

  @Override
  public void momentum(
      INDArray parameters, INDArray gradient, INDArray velocity, double rate, double momentum) {
    VectorUpdates.momentum(
        bytes(parameters), bytes(gradient), bytes(velocity), (float) rate, (float) momentum);
    keep(parameters, gradient, velocity);
  }

  @Override
  public void copyIn(float[] host, INDArray array) {
    bytes(array).asFloatBuffer().put(host, 0, Math.toIntExact(array.length()));
    keep(array);
  }

  @Override
  public void copyOut(INDArray array, float[] host) {
    HostFloats.read(bytes(array), 0, host, Math.toIntExact(array.length()));
    keep(array);
  }

  @Override
  public FloatSource source(INDArray array) {
    FloatBuffer values = bytes(array).asFloatBuffer();
    return (from, into, at, count) -> {
      values.get(from, into, at, count);
      keep(array);
    };
  }

  /** Keeps arrays from being freed under a loop over their memory, by a use after it. */
  private static void keep(INDArray... arrays) {
    Reference.reachabilityFence(arrays);
  }

  @Override
  public String toString() {
    return "fused loops of %d-bit vectors".formatted(VectorMath.SPECIES.vectorBitSize());
  }

  private static VectorGaussian gaussian(INDArray packed) {
    return new VectorGaussian(size(packed, 0), size(packed, 1) / 2);
  }

  private static int size(INDArray array, int dimension) {
    return Math.toIntExact(array.size(dimension));
  }
}
