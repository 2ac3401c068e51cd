package org.sparkvae.tensor.kernels;

import java.util.List;
import java.util.Optional;
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
 * Nothing is allocated that outlives a call, but for a {@link #source}. A backward operation is
 * given the derivative of the loss by its output and adds to, or sets, that by its inputs: where a
 * {@code beta} is named, the result is {@code beta * old + new} with beta 0 (old contents are
 * ignored, even NaN) or 1.
 */
public interface Kernels {

  /** These, but fast at products of few rows, which may have other last bits. */
  default Kernels forFewRows() {
    return this;
  }

  /** C = op(A) op(B) + beta C, matrix product. Shapes after op: [m, k] [k, n] -> [m, n]. */
  void multiply(
      INDArray a, boolean transposeA, INDArray b, boolean transposeB, double beta, INDArray c);

  /** In place: a[r, :] = f(a[r, :] + bias). a [rows, n], bias [n]. */
  void activate(INDArray a, INDArray bias, Activation f);

  /** In place: gradient *= f'(output). Both [rows, n]. */
  void activateBackward(INDArray output, INDArray gradient, Activation f);

  /** y = f(x weight + bias). x [rows, m], weight [m, n], bias [n], y [rows, n]. */
  default void affine(INDArray x, INDArray weight, INDArray bias, Activation f, INDArray y) {
    multiply(x, false, weight, false, 0, y);
    activate(y, bias, f);
  }

  /** The backward pass of {@link #affine}. */
  default void affineBackward(AffineBackward pass) {
    pass.run(this);
  }

  /** sums = beta * sums + column sums of a. a [rows, n], sums [n]; beta 0 or 1. */
  void sumColumns(INDArray a, double beta, INDArray sums);

  /** Compiled formulas on their arrays, which are of one type. */
  Run formulas(Frame frame, DataType type);

  /**
   * Of two forms of one computation, the one that fits these kernels.
   *
   * @param inHostMemory reads and writes float32 arrays in host memory by the Vector API
   * @param anywhere works on arrays of any type on any backend
   */
  <T> T fitting(T inHostMemory, T anywhere);

  /** In place: a[r, :] *= row[r]. a [rows, n]. */
  void scaleRows(INDArray a, double[] row);

  /** The largest value of each row, 0 where that is infinite. a [rows, n], largest [rows]. */
  default void largestOfRows(INDArray a, double[] largest) {
    RowValues.largest(source(a), Math.toIntExact(a.size(1)), largest);
  }

  /** means[r] = largest[r] + log(sums[r] / count). All [rows]. */
  default void logMeans(double[] largest, double[] sums, int count, double[] means) {
    RowValues.logMeans(largest, sums, count, means);
  }

  /** quotients[r] = a[r] / b[r]. All [rows]. */
  default void divide(double[] a, double[] b, double[] quotients) {
    RowValues.divide(a, b, quotients);
  }

  /** In place: y += alpha * x, over whole arrays of one length. */
  void addScaled(double alpha, INDArray x, INDArray y);

  /** The sum of squares of all values, accumulated in float64. */
  double sumOfSquares(INDArray a);

  /**
   * In place: each tensor becomes tensor / (|tensor| / scale + least), |tensor| its Euclidean norm;
   * one that is not finite stays as it is.
   *
   * @param tensors apart from one another
   */
  default void normalise(List<INDArray> tensors, double scale, double least) {
    double[] factor = new double[1];
    for (INDArray tensor : tensors) {
      double norm = Math.sqrt(sumOfSquares(tensor)) / scale;
      if (Double.isFinite(norm)) {
        factor[0] = 1 / (norm + least);
        scaleRows(tensor.reshape(new long[] {1, tensor.length()}), factor);
      }
    }
  }

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

  /**
   * One Adamax step (Kingma & Ba, algorithm 2), descending: m = beta1 m + (1 - beta1) g; u =
   * max(beta2 u, |g|); p -= rate * m / (u + epsilon). All arrays [n].
   */
  void adamax(
      INDArray parameters,
      INDArray gradient,
      INDArray firstMoment,
      INDArray norm,
      double rate,
      double beta1,
      double beta2,
      double epsilon);

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

  /** Lets other threads read an array, which nobody writes to while they may. */
  default void share(INDArray array) {}

  /** Sets a whole array to 0. */
  default void clear(INDArray array) {
    array.assign(0);
  }

  /** Copies a whole array to one of its shape. */
  default void copy(INDArray from, INDArray to) {
    to.assign(from);
  }

  /** Sets columns of a matrix to those of another. */
  default void spread(ColumnBlock columns) {
    columns.spread();
  }

  /** part = beta * part + the sum of the places where it stands; beta 0 or 1. */
  default void collect(ColumnBlock columns, double beta) {
    columns.collect(beta);
  }

  /** What computes statistics of columns on a device; empty where arrays lie in host memory. */
  default Optional<ColumnStatistics> columnStatistics() {
    return Optional.empty();
  }

  /** What averages vectors on a device; empty where arrays lie in host memory. */
  default Optional<VectorMeans> vectorMeans() {
    return Optional.empty();
  }

  /** What makes noise and images on a device; empty where the host makes them. */
  default Optional<DeviceInputs> inputs() {
    return Optional.empty();
  }

  /** What runs kernels that operations bring themselves; empty where arrays lie in host memory. */
  default Optional<OwnKernels> own() {
    return Optional.empty();
  }

  /** What runs passes one after the other, on the same arrays every time. */
  default Runnable sequence(List<? extends Pass> passes) {
    return () -> passes.forEach(pass -> pass.run(this));
  }

  /**
   * Begins to bring values of rows that a formula has written to the heap.
   *
   * @return waits until they are there
   */
  default Runnable receive(List<double[]> rows) {
    return () -> {};
  }

  /** Computes what nothing depends on until a sequence ends, and may be done beside the rest. */
  default void aside(Runnable work) {
    work.run();
  }

  /**
   * After the host has written values of rows on the heap: a formula that reads them takes these.
   */
  default void send(List<double[]> rows) {}

  /**
   * The kernels for an array type: the fused vectorised loops for float32 arrays in host memory
   * where this JVM has the Vector API module, else the plain ND4J operations.
   */
  static Kernels of(INDArray example) {
    return KernelChoice.of(example);
  }

  /** Those for arrays that lie where ND4J puts them, whatever the calling thread is bound to. */
  static Kernels onHost(INDArray example) {
    return KernelChoice.onHost(example);
  }
}
