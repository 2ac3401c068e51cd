package org.sparkvae.job.compute;

import java.util.List;
import java.util.Optional;
import org.sparkvae.job.settings.ComputeSettings;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.tensor.kernels.Backend;
import org.sparkvae.tensor.kernels.Gpu;

/** The GPUs that a process can compute on, and how its threads do. */
sealed interface Gpus permits DriverGpus, Nd4jGpus {
  /**
   * Those that a setting means, in this build of the job.
   *
   * @throws SettingsException where this build cannot reach them so
   * @throws IllegalStateException where ND4J does not start, which everything computes with
   */
  static Gpus of(ComputeSettings settings) {
    // Before the first array, which would fail with less of a message.
    Backend.gpus();
    return of(settings, Backend.isBuiltForGpus());
  }

  /**
   * Those that a setting means.
   *
   * @param built whether the build of the job has ND4J's CUDA backend
   * @throws SettingsException where such a build cannot reach them so
   */
  static Gpus of(ComputeSettings settings, boolean built) {
    ComputeSettings.Backend backend = settings.backend();
    if (backend == ComputeSettings.Backend.DRIVER && built) {
      throw new SettingsException(
          "compute.backend is driver, but this build of the job computes by ND4J's CUDA backend: set it to nd4j, or build without -Pcuda");
    }
    return built || backend == ComputeSettings.Backend.ND4J
        ? Nd4jGpus.ofThisProcess(built)
        : DriverGpus.ofThisMachine(settings.products());
  }

  /** All that there are, by index. */
  List<Gpu> found();

  /** Those that tasks share where the settings name none. */
  List<Gpu> offered();

  /** Who finds them, for messages. */
  String finder();

  /** Why there are none, where there are none, and what to do: the end of a line. */
  String missing(String host);

  /** Why a GPU cannot be used, and what to do, in a line; none where it can. */
  Optional<String> unsupported(Gpu gpu, String host);

  /** Why the CPU cannot be used, and what to do: the end of a line; none where it can. */
  Optional<String> whyNotTheCpu(String host);

  /**
   * Prepares the process of Spark's driver.
   *
   * @param choice among these
   * @param local whether the process runs tasks
   * @throws SettingsException where the settings and this machine do not go together
   */
  void prepareDriver(GpuChoice choice, ComputeSettings settings, boolean local);

  /** Binds the calling thread to a GPU. */
  void bind(int gpu);

  /** Ends what {@link #bind} began. */
  void unbind();

  /** Waits until all is done that the calling thread, bound to a GPU, has asked for. */
  void finish(int gpu);

  /** What the calling thread computes with, bound to a GPU, in short parts with "; " between. */
  String describe(int gpu);

  /** What a thread that is bound to none computes with, in short parts with "; " between. */
  String describeCpu();
}
