package org.sparkvae.tensor.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.bound.Elbo;
import org.sparkvae.device.DeviceException;
import org.sparkvae.device.SimulatedDevice;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.step.Measures;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.kernels.Backend;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;

/** Arrays that go from thread to thread, and those that are gone. */
class ThreadsOnDeviceTest {
  private static final int LENGTH = 1000;
  private static final int MOST_PROGRAMS = 100;

  /** Those of a step: forward, and backward. */
  private static final int RECORDINGS = 2;

  private final SimulatedDevice device = new SimulatedDevice(1 << 24);
  private final DeviceKernels kernels = new DeviceKernels(device);

  @AfterEach
  void unbind() {
    Backend.use((Kernels) null);
  }

  /** What a thread records may hold memory of its own. */
  @Test
  void eachThreadRecordsForItself() throws Exception {
    Supplier<Measures> step = step();
    Measures first = step.get();
    int launches = device.launches();
    assertThat(step.get()).isEqualTo(first);
    int ofRecords = device.launches() - launches;
    launches = device.launches();
    assertThat(elsewhere(step)).isEqualTo(first);
    assertThat(device.launches() - launches).as("one by one again").isGreaterThan(ofRecords);
    launches = device.launches();
    assertThat(elsewhere(step)).isEqualTo(first);
    assertThat(device.launches() - launches)
        .as("a later thread goes on where the one before it ended")
        .isEqualTo(ofRecords);
  }

  /**
   * A card takes some microseconds for each kernel that waits for another, however small. Forward
   * these are three affine maps, the draw and three affine maps; backward the likelihood with its
   * bias, three affine maps, the divergence, the draw and two affine maps.
   */
  @Test
  void whatNothingWaitsForIsDoneAside() {
    Supplier<Measures> step = step();
    step.get();
    step.get();
    assertThat(device.inARow()).isEqualTo(15);
  }

  /** A step of a model, whose forward and backward pass are recorded when it is done again. */
  private Supplier<Measures> step() {
    Backend.use(kernels);
    ImageModel spec = ModelCases.specs().get(0);
    INDArray parameters = ModelCases.parameters(spec, DataType.FLOAT, 11);
    INDArray gradient = Nd4j.create(DataType.FLOAT, parameters.length());
    Objective objective =
        new Objective(
            spec,
            new ObjectiveSpec(new Elbo(1, Elbo.Kl.ANALYTIC), 40, 0),
            ModelCases.BATCH,
            parameters,
            gradient);
    return () -> {
      Backend.use(kernels);
      ModelCases.fill(objective, spec, 1, 12);
      return objective.differentiate(new StepSettings(0, 1));
    };
  }

  private static <T> T elsewhere(Supplier<T> work) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread = new Thread(() -> result.complete(work.get()));
    thread.start();
    thread.join();
    return result.getNow(null);
  }

  @Test
  void whatIsSharedLiesInBothPlaces() {
    INDArray array = Nd4j.valueArrayOf(new long[] {LENGTH}, 3.0, DataType.FLOAT);
    kernels.share(array);
    assertThat(device.used()).isEqualTo((long) Float.BYTES * LENGTH);
    assertThat(array.toFloatVector()).containsOnly(3);
    assertThat(kernels.sumOfSquares(array)).isEqualTo(9.0 * LENGTH);
  }

  /** More than a piece of the memory that copies go through, and other copies on the way. */
  @Test
  void whatIsFetchedTogetherArrivesAsItWas() {
    DeviceKernels kernels = new DeviceKernels(new SimulatedDevice(1 << 26));
    int rows = 360_000;
    double[] ones = new double[rows];
    Arrays.fill(ones, 1);
    List<double[]> quotients = new ArrayList<>();
    for (int number = 1; number <= 3; number++) {
      double[] numbers = new double[rows];
      Arrays.fill(numbers, number);
      double[] quotient = new double[rows];
      kernels.divide(numbers, ones, quotient);
      quotients.add(quotient);
    }
    Runnable arrival = kernels.receive(quotients);
    float[] others = new float[rows];
    for (int i = 0; i < 20; i++) {
      kernels.copyOut(Nd4j.valueArrayOf(new long[] {rows}, 4.0, DataType.FLOAT), others);
    }
    arrival.run();
    for (int number = 1; number <= 3; number++) {
      assertThat(quotients.get(number - 1)).containsOnly(number);
    }
    assertThat(others).containsOnly(4);
  }

  @Test
  void arraysThatAreGoneMakeRoomForOthers() {
    DeviceKernels small = new DeviceKernels(new SimulatedDevice(5L * LENGTH));
    for (int i = 0; i < 3; i++) {
      INDArray array = Nd4j.create(DataType.FLOAT, LENGTH);
      small.clear(array);
      float[] values = new float[LENGTH];
      Kernels.onHost(array).copyOut(array, values);
      assertThat(values).containsOnly(0);
    }
  }

  @Test
  void anArrayMayBeTooLarge() {
    INDArray large = Nd4j.createUninitialized(DataType.FLOAT, 1L << 29);
    assertThatThrownBy(() -> kernels.share(large))
        .isInstanceOf(DeviceException.class)
        .hasMessage(
            "an array of 536,870,912 values is larger than 2 GiB, which none may be on a GPU: set a"
                + " smaller training.batch or evaluation.block, or a smaller network");
  }

  /** Java finds out what is gone when it pleases: as many more are made as that takes. */
  @Test
  void recordedWorkGoesWithItsProgram() {
    int made = 0;
    do {
      Supplier<Measures> step = step();
      step.get();
      step.get();
      made++;
      System.gc();
    } while (device.recordings() == made * RECORDINGS && made < MOST_PROGRAMS);
    assertThat(device.recordings()).isPositive().isLessThan(made * RECORDINGS);
  }
}
