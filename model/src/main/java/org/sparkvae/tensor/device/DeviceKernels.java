package org.sparkvae.tensor.device;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.device.Device;
import org.sparkvae.device.Device.Loaded;
import org.sparkvae.device.Precision;
import org.sparkvae.host.FloatSource;
import org.sparkvae.tensor.device.kernel.ElementKernels;
import org.sparkvae.tensor.formula.Frame;
import org.sparkvae.tensor.formula.Run;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.tensor.kernels.AffineBackward;
import org.sparkvae.tensor.kernels.ColumnBlock;
import org.sparkvae.tensor.kernels.ColumnStatistics;
import org.sparkvae.tensor.kernels.DeviceInputs;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.tensor.kernels.OwnKernels;
import org.sparkvae.tensor.kernels.Pass;
import org.sparkvae.tensor.kernels.VectorMeans;

/**
 * The kernels of float32 arrays on a device.
 *
 * <p>Threads may share one instance, each for arrays of its own and those that were {@linkplain
 * #share shared}: what a thread asks for is done in its order. The same work has the same bits at
 * every run on one kind of card.
 */
public final class DeviceKernels implements Kernels {
  private final Launcher launcher;
  private final DeviceProducts products;
  private final DeviceAffine affine;
  private final DeviceUpdates updates;
  private final DeviceRows rows;
  private final DeviceColumns columns;
  private final Optional<ColumnStatistics> statistics;
  private final Optional<DeviceInputs> inputs;
  private final Optional<VectorMeans> means;
  private final Optional<OwnKernels> own;

  /** Kernels on a device. */
  public DeviceKernels(Device device) {
    this(device, Precision.FLOAT32);
  }

  /**
   * Kernels on a device.
   *
   * @param precision of products, where the machine has a library for them
   */
  public DeviceKernels(Device device, Precision precision) {
    launcher = new Launcher(device);
    products = new DeviceProducts(launcher, precision);
    affine = new DeviceAffine(launcher, products);
    updates = new DeviceUpdates(launcher);
    rows = new DeviceRows(launcher);
    columns = new DeviceColumns(launcher);
    statistics = Optional.of(new DeviceStatistics(launcher));
    inputs = Optional.of(new DeviceNoise(launcher));
    means = Optional.of(new DeviceMeans(launcher));
    own = Optional.of((name, build) -> new DeviceLaunch(launcher, launcher.load(name, build)));
  }

  private Device device() {
    return launcher.device();
  }

  private DeviceArrays arrays() {
    return launcher.arrays();
  }

  @Override
  public void multiply(
      INDArray a, boolean transposeA, INDArray b, boolean transposeB, double beta, INDArray c) {
    products.multiply(a, transposeA, b, transposeB, beta, c);
  }

  @Override
  public void activate(INDArray a, INDArray bias, Activation f) {
    Loaded kernel = launcher.load("activate", f, () -> ElementKernels.activate(f));
    int count = Launcher.count(a);
    launcher.places(
        kernel, count, arrays().toUpdate(a), arrays().toRead(bias), count, Launcher.size(a, 1));
  }

  @Override
  public void activateBackward(INDArray output, INDArray gradient, Activation f) {
    if (f == Activation.IDENTITY) {
      return;
    }
    Loaded kernel = launcher.load("activateBackward", f, () -> ElementKernels.activateBackward(f));
    int count = Launcher.count(output);
    launcher.places(kernel, count, arrays().toRead(output), arrays().toUpdate(gradient), count);
  }

  @Override
  public void affine(INDArray x, INDArray weight, INDArray bias, Activation f, INDArray y) {
    if (affine.fits(x, y)) {
      affine.forward(x, weight, bias, f, y);
    } else {
      Kernels.super.affine(x, weight, bias, f, y);
    }
  }

  @Override
  public void affineBackward(AffineBackward pass) {
    if (affine.fits(pass)) {
      affine.backward(pass);
    } else {
      Kernels.super.affineBackward(pass);
    }
  }

  @Override
  public void sumColumns(INDArray a, double beta, INDArray sums) {
    DeviceColumns.sum(launcher, a, beta != 0, sums);
  }

  @Override
  public Run formulas(Frame frame, DataType type) {
    return new DeviceFormula(launcher, frame);
  }

  @Override
  public <T> T fitting(T inHostMemory, T anywhere) {
    return anywhere;
  }

  @Override
  public void scaleRows(INDArray a, double[] row) {
    updates.scaleRows(a, row);
  }

  @Override
  public void addScaled(double alpha, INDArray x, INDArray y) {
    updates.addScaled(alpha, x, y);
  }

  @Override
  public double sumOfSquares(INDArray a) {
    return updates.sumOfSquares(a);
  }

  @Override
  public void normalise(List<INDArray> tensors, double scale, double least) {
    NormKernels.normalise(launcher, tensors, scale, least);
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
    updates.adam(
        parameters,
        gradient,
        firstMoment,
        secondMoment,
        rate,
        beta1,
        beta2,
        epsilon,
        correction1,
        correction2);
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
    updates.adamax(parameters, gradient, firstMoment, norm, rate, beta1, beta2, epsilon);
  }

  @Override
  public void momentum(
      INDArray parameters, INDArray gradient, INDArray velocity, double rate, double momentum) {
    updates.momentum(parameters, gradient, velocity, rate, momentum);
  }

  @Override
  public void largestOfRows(INDArray a, double[] largest) {
    rows.largestOfRows(a, largest);
  }

  @Override
  public void logMeans(double[] largest, double[] sums, int count, double[] means) {
    rows.logMeans(largest, sums, count, means);
  }

  @Override
  public void divide(double[] a, double[] b, double[] quotients) {
    rows.divide(a, b, quotients);
  }

  @Override
  public Optional<ColumnStatistics> columnStatistics() {
    return statistics;
  }

  @Override
  public Optional<VectorMeans> vectorMeans() {
    return means;
  }

  @Override
  public Optional<DeviceInputs> inputs() {
    return inputs;
  }

  @Override
  public Optional<OwnKernels> own() {
    return own;
  }

  @Override
  public void copyIn(float[] host, INDArray array) {
    int count = Launcher.count(array);
    ByteBuffer piece = arrays().staging().take(Float.BYTES * count);
    piece.asFloatBuffer().put(host, 0, count);
    device().copyIn(piece, arrays().toWrite(array));
  }

  @Override
  public void copyOut(INDArray array, float[] host) {
    int count = Launcher.count(array);
    ByteBuffer piece = arrays().staging().take(Float.BYTES * count);
    device().copyOut(arrays().toRead(array), piece);
    device().finish();
    piece.asFloatBuffer().get(host, 0, count);
  }

  @Override
  public FloatSource source(INDArray array) {
    float[] values = new float[Launcher.count(array)];
    copyOut(array, values);
    return FloatSource.of(values);
  }

  @Override
  public void share(INDArray array) {
    arrays().toRead(array);
    device().finish();
  }

  @Override
  public void clear(INDArray array) {
    if (!launcher.isMuted()) {
      device().clear(arrays().toWrite(array), Float.BYTES * array.length());
    }
  }

  @Override
  public void copy(INDArray from, INDArray to) {
    if (!launcher.isMuted()) {
      device().copy(arrays().toRead(from), arrays().toWrite(to), Float.BYTES * from.length());
    }
  }

  @Override
  public void spread(ColumnBlock columns) {
    this.columns.spread(columns);
  }

  @Override
  public void collect(ColumnBlock columns, double beta) {
    this.columns.collect(columns, beta != 0);
  }

  @Override
  public Runnable sequence(List<? extends Pass> passes) {
    return new DeviceSequence(this, launcher, passes);
  }

  @Override
  public Runnable receive(List<double[]> rows) {
    return this.rows.receive(rows);
  }

  @Override
  public void aside(Runnable work) {
    launcher.aside(work);
  }

  @Override
  public void send(List<double[]> rows) {
    this.rows.send(rows);
  }

  /**
   * Brings all that is newer on the device to host memory, which counts from now on: for those who
   * read or write arrays by themselves.
   */
  public void settle() {
    arrays().settle();
  }

  @Override
  public String toString() {
    return products + " on " + device().describe();
  }
}
