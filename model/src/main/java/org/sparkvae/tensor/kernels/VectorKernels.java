package org.sparkvae.tensor.kernels;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;
import static org.sparkvae.host.HostFloats.bytes;
import static org.sparkvae.host.HostFloats.keep;
import static org.sparkvae.host.HostFloats.pointer;

import java.nio.FloatBuffer;
import java.util.Locale;
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
  /** Columns of a part of a product of few rows. */
  private static final int PART = 64;

  /** Multiplications of a product that OpenBLAS takes for a small one, at most. */
  private static final double SMALL = 1e6;

  private final int together;

  /** For products of any number of rows. */
  VectorKernels() {
    this(Integer.MAX_VALUE);
  }

  /** With so many columns of a product multiplied together, where they make a small one. */
  private VectorKernels(int together) {
    this.together = together;
  }

  /**
   * OpenBLAS multiplies small matrices as they lie, where it knows how on the processor at hand.
   * Others it copies into an order of its own, which takes as long as a product of few rows.
   */
  @Override
  public Kernels forFewRows() {
    return new VectorKernels(PART);
  }

  @Override
  public void multiply(
      INDArray a, boolean transposeA, INDArray b, boolean transposeB, double beta, INDArray c) {
    int m = size(c, 0);
    int n = size(c, 1);
    int k = size(a, transposeA ? 0 : 1);
    int columns = (double) m * k * together > SMALL ? n : together;
    for (int from = 0; from < n; from += columns) {
      cblas_sgemm(
          CblasRowMajor,
          transposeA ? CblasTrans : CblasNoTrans,
          transposeB ? CblasTrans : CblasNoTrans,
          m,
          Math.min(columns, n - from),
          k,
          1f,
          pointer(a),
          size(a, 1),
          pointer(b, transposeB ? (long) from * k : from),
          size(b, 1),
          (float) beta,
          pointer(c, from),
          n);
    }
    keep(a, b, c);
  }

  @Override
  public void activate(INDArray a, INDArray bias, Activation f) {
    VectorActivations.activate(bytes(a), bytes(bias), size(a, 1), f);
    keep(a, bias);
  }

  @Override
  public void activateBackward(INDArray output, INDArray gradient, Activation f) {
    VectorActivations.backward(bytes(output), bytes(gradient), f);
    keep(output, gradient);
  }

  @Override
  public void sumColumns(INDArray a, double beta, INDArray sums) {
    VectorActivations.sumColumns(bytes(a), beta, bytes(sums));
    keep(a, sums);
  }

  @Override
  public Run formulas(Frame frame, DataType type) {
    return new HostRun(frame);
  }

  @Override
  public <T> T fitting(T inHostMemory, T anywhere) {
    return inHostMemory;
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
  public void adamax(
      INDArray parameters,
      INDArray gradient,
      INDArray firstMoment,
      INDArray norm,
      double rate,
      double beta1,
      double beta2,
      double epsilon) {
    VectorUpdates.adamax(
        bytes(parameters),
        bytes(gradient),
        bytes(firstMoment),
        bytes(norm),
        new VectorUpdates.AdamaxStep((float) rate, beta1, (float) beta2, (float) epsilon));
    keep(parameters, gradient, firstMoment, norm);
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

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "fused loops of %d-bit vectors", VectorMath.SPECIES.vectorBitSize());
  }

  private static int size(INDArray array, int dimension) {
    return Math.toIntExact(array.size(dimension));
  }
}
