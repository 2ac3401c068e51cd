package org.sparkvae.job.compute;

import java.util.List;
import org.sparkvae.job.settings.ComputeSettings;
import org.sparkvae.job.settings.ComputeSettings.Device;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.tensor.kernels.Gpu;

/**
 * Which of the GPUs that ND4J sees a process computes on.
 *
 * @param host of the process, for messages
 * @param built whether the build has a backend for GPUs
 * @param found the GPUs; none where ND4J computes on the CPU
 */
record GpuChoice(String host, boolean built, List<Gpu> found) {
  /**
   * The GPUs that may be used, by index; none for the CPU.
   *
   * @throws SettingsException where what is asked for is not there, or ND4J has no kernels for it
   */
  List<Integer> usable(ComputeSettings settings) {
    if (found.isEmpty()) {
      if (settings.device() == Device.GPU) {
        throw missing("compute.device is gpu");
      }
      return List.of();
    }
    if (settings.device() == Device.CPU) {
      throw new SettingsException(
          "compute.device is cpu, but %s has %s, which this build of the job computes on: set CUDA_VISIBLE_DEVICES to nothing there, or build without -Pcuda"
              .formatted(host, found.get(0)));
    }
    List<Integer> all = found.stream().map(Gpu::index).toList();
    List<Integer> chosen = settings.gpus().isEmpty() ? all : settings.gpus();
    for (int index : chosen) {
      if (!all.contains(index)) {
        throw new SettingsException(
            "compute.gpus names GPU %d, but %s has GPUs 0 to %d: name those"
                .formatted(index, host, all.size() - 1));
      }
      requireKernels(found.get(index));
    }
    return chosen;
  }

  /**
   * The GPU that Spark assigned to a task.
   *
   * @throws SettingsException where it is not there, or ND4J has no kernels for it
   */
  int assigned(GpuAddress address) {
    if (found.isEmpty()) {
      throw missing("Spark assigned a task the GPU " + address.index());
    }
    if (address.index() >= found.size()) {
      throw new SettingsException(
          "Spark assigned a task the GPU %d, but ND4J finds only %d on %s: look at the discovery script and at CUDA_VISIBLE_DEVICES there"
              .formatted(address.index(), found.size(), host));
    }
    requireKernels(found.get(address.index()));
    return address.index();
  }

  private void requireKernels(Gpu gpu) {
    if (!gpu.hasKernels()) {
      throw new SettingsException(
          "ND4J has no kernels for %s of %s, but for compute capabilities %s: use other GPUs, or hide this one by CUDA_VISIBLE_DEVICES"
              .formatted(gpu, host, Gpu.KERNELS));
    }
  }

  private SettingsException missing(String because) {
    return new SettingsException(
        because
            + ", but "
            + (built
                ? "ND4J finds none on "
                    + host
                    + ": see what nvidia-smi says there, and CUDA_VISIBLE_DEVICES"
                : "this build of the job computes on the CPU: build it with mvn -Pcuda package"));
  }
}
