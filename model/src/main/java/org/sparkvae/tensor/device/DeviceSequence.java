package org.sparkvae.tensor.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.device.Device;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.tensor.kernels.Pass;

/**
 * Passes one after the other: those that are by the kernels alone run on the device, and are
 * recorded at a thread's second run and launched as a whole from then on; the others run in host
 * memory, to which what they read is brought.
 */
final class DeviceSequence implements Runnable {
  private final Kernels kernels;
  private final Launcher launcher;
  private final List<Runnable> stretches = new ArrayList<>();

  DeviceSequence(Kernels kernels, Launcher launcher, List<? extends Pass> passes) {
    this.kernels = kernels;
    this.launcher = launcher;
    boolean mixed = passes.stream().anyMatch(pass -> !pass.isByKernels());
    List<Pass> together = new ArrayList<>();
    for (Pass pass : passes) {
      if (pass.isByKernels()) {
        together.add(pass);
      } else {
        end(together, mixed);
        stretches.add(() -> onHost(pass));
      }
    }
    end(together, mixed);
  }

  private void end(List<Pass> together, boolean mixed) {
    if (!together.isEmpty()) {
      stretches.add(new Stretch(List.copyOf(together), mixed));
      together.clear();
    }
  }

  @Override
  public void run() {
    stretches.forEach(Runnable::run);
  }

  private void onHost(Pass pass) {
    DeviceArrays arrays = launcher.arrays();
    List<Shadow> written = new ArrayList<>();
    for (INDArray array : pass.read()) {
      toHost(arrays.known(array));
    }
    for (INDArray array : pass.written()) {
      Shadow shadow = arrays.known(array);
      toHost(shadow);
      written.add(shadow);
    }
    for (double[] rows : pass.readRows()) {
      toHost(arrays.known(rows));
    }
    for (double[] rows : pass.writtenRows()) {
      Shadow shadow = arrays.known(rows);
      toHost(shadow);
      written.add(shadow);
    }
    pass.run(Kernels.onHost(example(pass)));
    for (Shadow shadow : written) {
      if (shadow != null) {
        shadow.writtenOnHost();
      }
    }
  }

  private static INDArray example(Pass pass) {
    return pass.read().get(0);
  }

  private static void toHost(Shadow shadow) {
    if (shadow != null) {
      shadow.toHost();
    }
  }

  /** How far a thread, or one that left it its lane, is with a stretch. */
  private static final class Progress {
    private boolean warm;
    private Device.Recorded recorded;
  }

  /**
   * Passes that follow one another on the device. A record holds the memory that its thread keeps
   * for interim results, so that each thread has one of its own: two threads may launch at once.
   */
  private final class Stretch implements Runnable {
    private final List<Pass> passes;

    /** Whether passes in host memory ask for claims that these have taken. */
    private final boolean mixed;

    private final DeviceArrays.Touched touched = new DeviceArrays.Touched();
    private final Map<Object, Progress> progress = new ConcurrentHashMap<>();

    Stretch(List<Pass> passes, boolean mixed) {
      this.passes = passes;
      this.mixed = mixed;
    }

    @Override
    public void run() {
      Progress mine = progress.computeIfAbsent(launcher.device().lane(), lane -> new Progress());
      if (!mine.warm) {
        // What is compiled, allocated and sent for the first time cannot be recorded.
        launcher.arrays().watch(touched);
        try {
          runAll();
        } finally {
          launcher.arrays().watch(null);
        }
        mine.warm = true;
        return;
      }
      touched.read().forEach(Shadow::toDevice);
      if (mine.recorded == null) {
        mine.recorded = launcher.record(this, this::runAll);
      } else if (mixed) {
        launcher.mute(true);
        try {
          runAll();
        } finally {
          launcher.mute(false);
        }
      }
      mine.recorded.launch();
      touched.written().forEach(Shadow::writtenOnDevice);
    }

    private void runAll() {
      passes.forEach(pass -> pass.run(kernels));
    }
  }
}
