package org.sparkvae.tensor.device;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.device.Device;
import org.sparkvae.device.Device.Grid;
import org.sparkvae.device.Device.Loaded;
import org.sparkvae.device.Precision;
import org.sparkvae.device.Products;
import org.sparkvae.device.code.Kernel;
import org.sparkvae.host.FloatSource;
import org.sparkvae.tensor.formula.Frame;
import org.sparkvae.tensor.formula.Run;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.tensor.kernels.NoiseRows;
import org.sparkvae.tensor.kernels.Pass;
import org.sparkvae.tensor.kernels.PixelRows;

/**
 * The kernels of float32 arrays on a device.
 *
 * <p>Threads may share one instance, each for arrays of its own and those that were {@linkplain
 * #share shared}: what a thread asks for is done in its order. The same work has the same bits at
 * every run on one kind of card.
 */
public final class DeviceKernels implements Kernels {
  /** A kernel by what it is for, as building one takes longer than launching it. */
  private record Name(String name, Object variant) {}

  private final Device device;
  private final Precision precision;
  private final DeviceArrays arrays;
  private final Map<Name, Loaded> loaded = new ConcurrentHashMap<>();

  /** While work is done that was recorded, the calls that led to it do nothing. */
  private final ThreadLocal<Boolean> muted = ThreadLocal.withInitial(() -> false);

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
    this.device = device;
    this.precision = precision;
    this.arrays = new DeviceArrays(device);
  }

  Device device() {
    return device;
  }

  DeviceArrays arrays() {
    return arrays;
  }

  Loaded load(Kernel kernel) {
    return device.load(kernel);
  }

  private Loaded load(String name, Object variant, Supplier<Kernel> build) {
    return loaded.computeIfAbsent(new Name(name, variant), key -> device.load(build.get()));
  }

  /** Launches a kernel, unless what it does is done already. */
  void launch(Loaded kernel, Grid grid, Object... arguments) {
    device.launch(kernel, grid, arguments);
  }

  boolean isMuted() {
    return muted.get();
  }

  void mute(boolean mute) {
    muted.set(mute);
  }

  private static int count(INDArray array) {
    return Math.toIntExact(array.length());
  }

  private static int size(INDArray array, int dimension) {
    return Math.toIntExact(array.size(dimension));
  }

  private void places(Loaded kernel, int count, Object... arguments) {
    launch(kernel, Grid.of(count, Skeletons.PLACES), arguments);
  }

  @Override
  public void multiply(
      INDArray a, boolean transposeA, INDArray b, boolean transposeB, double beta, INDArray c) {
    if (isMuted()) {
      return;
    }
    int m = size(c, 0);
    int n = size(c, 1);
    int k = size(a, transposeA ? 0 : 1);
    long ofA = arrays.toRead(a);
    long ofB = arrays.toRead(b);
    long ofC = beta == 0 ? arrays.toWrite(c) : arrays.toUpdate(c);
    Optional<Products> library = device.products(precision);
    if (library.isPresent()) {
      library.get().multiply(m, n, k, ofA, transposeA, ofB, transposeB, (float) beta, ofC);
      return;
    }
    ProductKernel product = new ProductKernel(transposeA, transposeB, beta != 0);
    Loaded kernel = load("product", product, product::build);
    launch(kernel, ProductKernel.grid(m, n), ofA, ofB, ofC, m, n, k);
  }

  @Override
  public void activate(INDArray a, INDArray bias, Activation f) {
    if (isMuted()) {
      return;
    }
    Loaded kernel = load("activate", f, () -> ElementKernels.activate(f));
    int count = count(a);
    places(kernel, count, arrays.toUpdate(a), arrays.toRead(bias), count, size(a, 1));
  }

  @Override
  public void activateBackward(INDArray output, INDArray gradient, Activation f) {
    if (isMuted() || f == Activation.IDENTITY) {
      return;
    }
    Loaded kernel = load("activateBackward", f, () -> ElementKernels.activateBackward(f));
    int count = count(output);
    places(kernel, count, arrays.toRead(output), arrays.toUpdate(gradient), count);
  }

  @Override
  public void sumColumns(INDArray a, double beta, INDArray sums) {
    if (isMuted()) {
      return;
    }
    boolean adds = beta != 0;
    Loaded kernel = load("sumColumns", adds, () -> SumKernels.columns(adds));
    long from = arrays.toRead(a);
    long to = adds ? arrays.toUpdate(sums) : arrays.toWrite(sums);
    Grid grid = Grid.of(size(a, 1), Skeletons.COLUMNS);
    launch(kernel, grid, from, to, size(a, 0), size(a, 1));
  }

  @Override
  public Run formulas(Frame frame, DataType type) {
    return new DeviceFormula(this, frame);
  }

  @Override
  public <T> T fitting(T inHostMemory, T anywhere) {
    return anywhere;
  }

  @Override
  public void scaleRows(INDArray a, double[] row) {
    if (isMuted()) {
      return;
    }
    Loaded kernel = load("scaleRows", "", ElementKernels::scaleRows);
    int count = count(a);
    places(kernel, count, arrays.toUpdate(a), arrays.toRead(row), count, size(a, 1));
  }

  @Override
  public void addScaled(double alpha, INDArray x, INDArray y) {
    if (isMuted()) {
      return;
    }
    Loaded kernel = load("addScaled", "", ElementKernels::addScaled);
    int count = count(x);
    places(kernel, count, arrays.toRead(x), arrays.toUpdate(y), count, (float) alpha);
  }

  @Override
  public double sumOfSquares(INDArray a) {
    Loaded kernel = load("squares", "", SumKernels::squares);
    double[] sums = new double[SumKernels.PARTS];
    int count = count(a);
    int part = (count + SumKernels.PARTS - 1) / SumKernels.PARTS;
    long from = arrays.toRead(a);
    launch(kernel, Grid.of(SumKernels.PARTS), from, arrays.toWrite(sums), count, part);
    receive(List.of(sums)).run();
    double sum = 0;
    for (double one : sums) {
      sum += one;
    }
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
    Loaded kernel = load("adam", "", ElementKernels::adam);
    int count = count(parameters);
    places(
        kernel,
        count,
        arrays.toUpdate(parameters),
        arrays.toRead(gradient),
        arrays.toUpdate(firstMoment),
        arrays.toUpdate(secondMoment),
        count,
        (float) (rate / correction1),
        (float) beta1,
        (float) (1 - beta1),
        (float) beta2,
        (float) (1 - beta2),
        (float) epsilon,
        (float) (1 / correction2));
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
    Loaded kernel = load("adamax", "", ElementKernels::adamax);
    int count = count(parameters);
    places(
        kernel,
        count,
        arrays.toUpdate(parameters),
        arrays.toRead(gradient),
        arrays.toUpdate(firstMoment),
        arrays.toUpdate(norm),
        count,
        (float) rate,
        (float) beta1,
        (float) (1 - beta1),
        (float) beta2,
        (float) epsilon);
  }

  @Override
  public void momentum(
      INDArray parameters, INDArray gradient, INDArray velocity, double rate, double momentum) {
    Loaded kernel = load("momentum", "", ElementKernels::momentum);
    int count = count(parameters);
    places(
        kernel,
        count,
        arrays.toUpdate(parameters),
        arrays.toRead(gradient),
        arrays.toUpdate(velocity),
        count,
        (float) -rate,
        (float) momentum);
  }

  @Override
  public void copyIn(float[] host, INDArray array) {
    int count = count(array);
    ByteBuffer piece = arrays.staging().take(Float.BYTES * count);
    piece.asFloatBuffer().put(host, 0, count);
    device.copyIn(piece, arrays.toWrite(array));
  }

  @Override
  public void copyOut(INDArray array, float[] host) {
    int count = count(array);
    ByteBuffer piece = arrays.staging().take(Float.BYTES * count);
    device.copyOut(arrays.toRead(array), piece);
    device.finish();
    piece.asFloatBuffer().get(host, 0, count);
  }

  @Override
  public FloatSource source(INDArray array) {
    float[] values = new float[count(array)];
    copyOut(array, values);
    return FloatSource.of(values);
  }

  @Override
  public void share(INDArray array) {
    arrays.toRead(array);
    device.finish();
  }

  @Override
  public void clear(INDArray array) {
    if (!isMuted()) {
      device.clear(arrays.toWrite(array), Float.BYTES * array.length());
    }
  }

  @Override
  public void copy(INDArray from, INDArray to) {
    if (!isMuted()) {
      device.copy(arrays.toRead(from), arrays.toWrite(to), Float.BYTES * from.length());
    }
  }

  @Override
  public boolean drawNoise() {
    return true;
  }

  @Override
  public void normal(NoiseRows rows, INDArray to) {
    draw(load("normal", "", NoiseKernels::normal), rows, to);
  }

  @Override
  public void uniform(NoiseRows rows, INDArray to) {
    draw(load("uniform", "", NoiseKernels::uniform), rows, to);
  }

  private void draw(Loaded kernel, NoiseRows rows, INDArray to) {
    int images = rows.keys().length;
    int count = size(to, 0);
    int columns = size(to, 1);
    long told = arrays.told(rows);
    Grid grid = Grid.of(NoiseKernels.threads(count, columns), Skeletons.PLACES);
    launch(kernel, grid, told, arrays.toWrite(to), images, count, columns);
  }

  @Override
  public void coins(PixelRows images, INDArray to) {
    Loaded kernel = load("coins", "", NoiseKernels::coins);
    int count = images.keys().length;
    int columns = size(to, 1);
    long keys = arrays.told(images);
    long pixels = keys + (long) Integer.BYTES * NoiseKernels.OF_IMAGE * count;
    Grid grid = Grid.of(NoiseKernels.threads(count, columns), Skeletons.PLACES);
    launch(kernel, grid, keys, pixels, arrays.toWrite(to), count, columns);
  }

  @Override
  public void shares(byte[] pixels, INDArray to) {
    Loaded kernel = load("shares", "", NoiseKernels::shares);
    ByteBuffer piece = arrays.staging().take(pixels.length);
    piece.duplicate().put(pixels);
    long from = arrays.staging().deliver(piece);
    places(kernel, pixels.length, from, arrays.toWrite(to), pixels.length);
  }

  @Override
  public Runnable sequence(List<? extends Pass> passes) {
    return new DeviceSequence(this, passes);
  }

  @Override
  public Runnable receive(List<double[]> rows) {
    List<Runnable> taken = new ArrayList<>();
    for (double[] values : rows) {
      Shadow shadow = arrays.known(values);
      if (shadow != null && shadow.isNewerOnDevice()) {
        ByteBuffer piece = arrays.staging().take((int) shadow.bytes());
        device.copyOut(shadow.address(), piece);
        taken.add(
            () -> {
              piece.asDoubleBuffer().get(values);
              shadow.sameOnHost();
            });
      }
    }
    if (taken.isEmpty()) {
      return () -> {};
    }
    Device.Mark mark = device.mark();
    return () -> {
      mark.await();
      taken.forEach(Runnable::run);
    };
  }

  @Override
  public void aside(Runnable work) {
    device.aside(work);
  }

  @Override
  public void send(List<double[]> rows) {
    rows.forEach(
        values -> {
          Shadow shadow = arrays.known(values);
          if (shadow != null) {
            shadow.writtenOnHost();
          }
        });
  }

  /**
   * Brings all that is newer on the device to host memory, which counts from now on: for those who
   * read or write arrays by themselves.
   */
  public void settle() {
    arrays.settle();
  }

  @Override
  public String toString() {
    return device.products(precision).map(Products::describe).orElse("products of our own")
        + " on "
        + device;
  }
}
