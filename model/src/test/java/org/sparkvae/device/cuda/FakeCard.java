package org.sparkvae.device.cuda;

import com.sun.jna.NativeLibrary;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparkvae.bound.Elbo;
import org.sparkvae.device.Device;
import org.sparkvae.device.Device.Grid;
import org.sparkvae.device.Device.Loaded;
import org.sparkvae.device.Device.Recorded;
import org.sparkvae.device.DeviceException;
import org.sparkvae.device.Precision;
import org.sparkvae.device.Products;
import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.KernelBuilder;
import org.sparkvae.device.code.Type;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.fixtures.ModelSteps;
import org.sparkvae.objective.ObjectiveLimits;
import org.sparkvae.tensor.device.DeviceKernels;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.ObjectiveSpec;

/** Asks a driver that is not one for what tasks ask it for, in a JVM of its own. */
public final class FakeCard {
  private static final float[] A = {1, 2, 3, 4, 5, 6};
  private static final float[] B = {1, 0, 2, 1, 0, 1, 1, 3, 2, 2, 0, 1};
  private static final float[] PRODUCT = {7, 8, 4, 10, 16, 17, 13, 25};
  private static final int TIMES = 4;
  private static final int KEPT = 20 << 20;
  private static final ObjectiveSpec OBJECTIVE =
      new ObjectiveSpec(new Elbo(3, Elbo.Kl.ANALYTIC), 40, 0.3);

  private final NativeLibrary driver = NativeLibrary.getInstance("libcuda.so.1");
  private final CudaDevice card = Driver.devices().get(0);

  private FakeCard() {}

  /** Does what its argument names, and says how it went. */
  public static void main(String[] arguments) throws Exception {
    FakeCard fake = new FakeCard();
    switch (arguments[0]) {
      case "work" -> fake.work();
      case "full" -> fake.full();
      case "failing" -> fake.failing();
      case "misuse" -> fake.misuse();
      case "precisions" -> fake.precisions();
      case "two" -> fake.two();
      case "models" -> fake.models();
      case "kept" -> fake.kept();
      default -> fake.library();
    }
    System.out.println(fake.say("fake_state"));
    System.out.print(fake.say("fake_failures"));
  }

  private String say(String function) {
    return driver.getFunction(function).invokeString(new Object[0], false);
  }

  private void limit(long mebibytes) {
    driver.getFunction("fake_limit").invokeVoid(new Object[] {mebibytes << 20});
  }

  /** Two threads at once, then one that takes the lane of one of them. */
  private void work() throws Exception {
    System.out.println(card);
    List<Throwable> thrown = new ArrayList<>();
    for (int[] together : new int[][] {{0, 1}, {2}}) {
      List<Thread> threads =
          Arrays.stream(together).mapToObj(number -> new Thread(this::task)).toList();
      for (Thread thread : threads) {
        thread.setUncaughtExceptionHandler((of, e) -> thrown.add(e));
        thread.start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    for (Throwable e : thrown) {
      throw new IllegalStateException(e);
    }
  }

  private void task() {
    long a = send(A);
    long b = send(B);
    long c = card.allocate(32);
    long copy = card.allocate(32);
    long aside = card.allocate(32);
    card.clear(aside, 32);
    forms(c);
    Loaded kernel = kernel();
    Runnable work =
        () -> {
          multiply(a, false, b, false, 0, c);
          card.aside(
              () -> {
                multiply(a, false, b, false, 1, aside);
                card.launch(kernel, Grid.of(1), aside, 8);
              });
          card.copy(c, copy, 32);
          card.launch(kernel, Grid.of(1), copy, 8);
          card.aside(() -> multiply(a, false, b, false, 1, aside));
        };
    work.run();
    Recorded recorded = card.record(work);
    for (int i = 0; i < TIMES; i++) {
      recorded.launch();
    }
    require(receive(copy), PRODUCT, 1);
    require(receive(aside), PRODUCT, 2 * (1 + TIMES));
    ByteBuffer pinned = card.allocateHost(32);
    Device.Mark fetched = card.fetch(List.of(new Device.Transfer(copy, pinned)));
    card.clear(copy, 32);
    fetched.await();
    require(pinned, PRODUCT, 1);
    recorded.free();
    for (long address : new long[] {a, b, c, copy, aside}) {
      card.free(address);
    }
  }

  /** Products of transposed factors. */
  private void forms(long c) {
    float[] transposedA = {1, 4, 2, 5, 3, 6};
    float[] transposedB = {1, 0, 2, 0, 1, 2, 2, 1, 0, 1, 3, 1};
    for (int form = 0; form < 4; form++) {
      boolean first = (form & 1) != 0;
      boolean second = (form & 2) != 0;
      long a = send(first ? transposedA : A);
      long b = send(second ? transposedB : B);
      multiply(a, first, b, second, 0, c);
      multiply(a, first, b, second, 0.5f, c);
      require(receive(c), PRODUCT, 1.5f);
      card.free(a);
      card.free(b);
    }
  }

  private void multiply(
      long a, boolean transposeA, long b, boolean transposeB, float beta, long c) {
    Products products = card.products(Precision.FLOAT32).orElseThrow();
    products.multiply(2, 4, 3, a, transposeA, b, transposeB, beta, c);
  }

  private Loaded kernel() {
    KernelBuilder kernel = new KernelBuilder("nothing", 32);
    GlobalArray array = kernel.array(Type.F32);
    kernel.when(
        kernel.thread().isEqual(kernel.argument(Type.S32)),
        () -> array.store(kernel.thread(), kernel.number(Type.F32, 0)));
    return card.load(kernel.build());
  }

  private void full() {
    limit(40);
    card.allocate(10 << 20);
    refused(() -> card.allocate(100 << 20));
    refused(() -> card.products(Precision.FLOAT32));
    limit(10);
    refused(() -> card.record(() -> {}));
  }

  private void failing() {
    long memory = card.allocate(32);
    Runnable failing =
        () -> {
          card.clear(memory, 32);
          throw new DeviceException("it failed");
        };
    refused(() -> card.record(failing));
    refused(() -> card.record(() -> card.aside(failing)));
    refused(
        () -> {
          Recorded recorded = card.record(() -> card.clear(memory, 32));
          recorded.launch();
          recorded.free();
        });
  }

  /** What a driver refuses, or does not notice. */
  private void misuse() {
    long memory = card.allocate(32);
    card.products(Precision.FLOAT32);
    refused(() -> card.record(() -> card.allocate(8)));
    refused(() -> card.record(card::finish));
    refused(() -> card.record(this::kernel));
    refused(() -> multiply(memory, false, memory, false, 0, memory + 4));
    refused(() -> card.clear(memory, 33));
    refused(() -> card.launch(kernel(), Grid.of(1), 8L, 8));
    Recorded recorded = card.record(() -> card.clear(memory, 32));
    card.free(memory);
    refused(recorded::launch);
    recorded.free();
    refused(recorded::launch);
    refused(() -> card.free(memory));
  }

  private void library() {
    System.out.println(card.products(Precision.FLOAT32).map(Products::describe).orElse("none"));
  }

  /** Each is tried once. */
  private void precisions() {
    for (Precision precision : Precision.values()) {
      for (CudaDevice of : List.of(card(8), card(7))) {
        Products products = of.products(precision).orElseThrow();
        System.out.printf("%s on %d.0: %s%n", precision, of.major(), products.describe());
      }
    }
  }

  /** Work on either card by one thread, and copies to and fro. */
  private void two() {
    CudaDevice other = Driver.devices().get(1);
    long a = send(A);
    long there = other.allocate(24);
    long back = card.allocate(24);
    other.copyFrom(card, a, there, 24);
    card.copyFrom(other, there, back, 24);
    ByteBuffer bytes = buffer(A.length);
    card.copyOut(back, bytes);
    card.finish();
    require(bytes, A, 1);
    refused(() -> other.copy(a, there, 24));
    refused(() -> other.copyFrom(card, there, there, 24));
    refused(() -> card.free(there));
    other.free(there);
    card.free(back);
  }

  /** Steps of every model: the first, one that is recorded, and two of what was recorded. */
  private void models() {
    DeviceKernels kernels = new DeviceKernels(card);
    int models = 0;
    for (ImageModel spec : ModelCases.specs()) {
      if (ObjectiveLimits.of(spec.model(), OBJECTIVE.bound(), OBJECTIVE.estimator()).isEmpty()) {
        ModelSteps steps = new ModelSteps(spec, OBJECTIVE, 1, kernels);
        for (int step = 0; step < TIMES; step++) {
          steps.step(step);
        }
        models++;
      }
    }
    System.out.println(models + " models");
  }

  /** What steps record finds no memory beside images that are kept. */
  private void kept() {
    DeviceKernels kernels = new DeviceKernels(card);
    kernels.inputs().orElseThrow().keep(new byte[KEPT]);
    ModelSteps steps = new ModelSteps(ModelCases.specs().get(0), OBJECTIVE, 1, kernels);
    steps.step(0);
    card.allocate(card.available() - 512);
    steps.step(1);
    System.out.println(card.available() / KEPT);
  }

  private static CudaDevice card(int major) {
    return new CudaDevice(0, 40, "Fake", major, 0, 1 << 30);
  }

  private static void refused(Runnable work) {
    try {
      work.run();
      System.out.println("done");
    } catch (DeviceException e) {
      System.out.println(e.getMessage());
    }
  }

  private long send(float... values) {
    ByteBuffer bytes = buffer(values.length);
    bytes.asFloatBuffer().put(values);
    long address = card.allocate(bytes.capacity());
    card.copyIn(bytes, address);
    card.finish();
    return address;
  }

  private ByteBuffer receive(long from) {
    ByteBuffer bytes = buffer(PRODUCT.length);
    card.copyOut(from, bytes);
    card.finish();
    return bytes;
  }

  private static ByteBuffer buffer(int values) {
    return ByteBuffer.allocateDirect(Float.BYTES * values).order(ByteOrder.nativeOrder());
  }

  private static void require(ByteBuffer actual, float[] expected, float factor) {
    for (int i = 0; i < expected.length; i++) {
      if (actual.getFloat(Float.BYTES * i) != factor * expected[i]) {
        throw new IllegalStateException("%s at %d".formatted(actual.getFloat(Float.BYTES * i), i));
      }
    }
  }
}
