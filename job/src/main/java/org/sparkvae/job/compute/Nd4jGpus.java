package org.sparkvae.job.compute;

import java.util.List;
import java.util.Optional;
import org.sparkvae.job.settings.ComputeSettings;
import org.sparkvae.job.settings.ComputeSettings.Device;
import org.sparkvae.tensor.kernels.Backend;
import org.sparkvae.tensor.kernels.Gpu;

/**
 * The GPUs of ND4J's CUDA backend. Where it finds any, all arrays of the process lie on them, those
 * of Spark's driver too.
 *
 * @param built whether the build of the job has that backend
 * @param found none where ND4J computes on the CPU
 */
record Nd4jGpus(boolean built, List<Gpu> found) implements Gpus {
  static Nd4jGpus ofThisProcess(boolean built) {
    return new Nd4jGpus(built, Backend.gpus());
  }

  /** All: ND4J touches every GPU that it finds. */
  @Override
  public List<Gpu> offered() {
    return found;
  }

  @Override
  public String finder() {
    return "ND4J";
  }

  @Override
  public String missing(String host) {
    return built
        ? "ND4J finds none on "
            + host
            + ": see what nvidia-smi says there, and CUDA_VISIBLE_DEVICES"
        : "compute.backend is nd4j, and this build of the job has no CUDA backend of ND4J: set it to auto, or build with mvn -Pcuda package";
  }

  @Override
  public Optional<String> unsupported(Gpu gpu, String host) {
    return gpu.hasKernels()
        ? Optional.empty()
        : Optional.of(
            "ND4J has no kernels for %s of %s, but for compute capabilities %s: use other GPUs, or hide this one by CUDA_VISIBLE_DEVICES"
                .formatted(gpu, host, Gpu.KERNELS));
  }

  @Override
  public Optional<String> whyNotTheCpu(String host) {
    return found.stream()
        .findFirst()
        .map(
            gpu ->
                "%s has %s, which this build of the job computes on: set CUDA_VISIBLE_DEVICES to nothing there, or build without -Pcuda"
                    .formatted(host, gpu));
  }

  /** It needs no GPU where others run the tasks, but one without kernels would be in its way. */
  @Override
  public void prepareDriver(GpuChoice choice, ComputeSettings settings, boolean local) {
    ComputeSettings asked =
        local || settings.device() == Device.CPU
            ? settings
            : new ComputeSettings(settings.backend(), Device.AUTO, List.of(), settings.products());
    choice.usable(asked).stream().findFirst().ifPresent(Backend::use);
  }

  @Override
  public void bind(int gpu) {
    Backend.use(gpu);
  }

  /** Nothing: a thread stays with the GPU that its arrays lie on. */
  @Override
  public void unbind() {}

  /** Nothing: ND4J orders what threads do. */
  @Override
  public void finish(int gpu) {}

  @Override
  public String describe(int gpu) {
    return Backend.describe();
  }

  @Override
  public String describeCpu() {
    return Backend.describe();
  }
}
