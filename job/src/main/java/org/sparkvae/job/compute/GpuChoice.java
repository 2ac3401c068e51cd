package org.sparkvae.job.compute;

import java.util.List;
import org.sparkvae.job.settings.ComputeSettings;
import org.sparkvae.job.settings.ComputeSettings.Device;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.tensor.kernels.Gpu;

/**
 * Which of the GPUs that there are a process computes on.
 *
 * @param host of the process, for messages
 * @param gpus those that there are
 */
record GpuChoice(String host, Gpus gpus) {
  /**
   * The GPUs that may be used, by index; none for the CPU.
   *
   * @throws SettingsException where what is asked for is not there, or cannot be used
   */
  List<Integer> usable(ComputeSettings settings) {
    if (settings.device() == Device.CPU) {
      gpus.whyNotTheCpu(host)
          .ifPresent(
              why -> {
                throw new SettingsException("compute.device is cpu, but " + why);
              });
      return List.of();
    }
    List<Gpu> found = gpus.found();
    boolean required = settings.device() == Device.GPU;
    if (found.isEmpty()) {
      if (required) {
        throw missing("compute.device is gpu");
      }
      return List.of();
    }
    List<Integer> chosen = settings.gpus().isEmpty() ? offered() : settings.gpus();
    for (int index : chosen) {
      if (index >= found.size()) {
        throw new SettingsException(
            "compute.gpus names GPU %d, but %s has GPUs 0 to %d: name those"
                .formatted(index, host, found.size() - 1));
      }
      requireSupport(found.get(index));
    }
    if (required && chosen.isEmpty()) {
      requireSupport(found.get(0));
    }
    return chosen;
  }

  private List<Integer> offered() {
    return gpus.offered().stream().map(Gpu::index).toList();
  }

  /**
   * The GPU that Spark assigned to a task.
   *
   * @throws SettingsException where it is not there, or cannot be used
   */
  int assigned(GpuAddress address) {
    List<Gpu> found = gpus.found();
    if (found.isEmpty()) {
      throw missing("Spark assigned a task the GPU " + address.index());
    }
    if (address.index() >= found.size()) {
      throw new SettingsException(
          "Spark assigned a task the GPU %d, but %s finds only %d on %s: look at the discovery script and at CUDA_VISIBLE_DEVICES there"
              .formatted(address.index(), gpus.finder(), found.size(), host));
    }
    requireSupport(found.get(address.index()));
    return address.index();
  }

  private void requireSupport(Gpu gpu) {
    gpus.unsupported(gpu, host)
        .ifPresent(
            why -> {
              throw new SettingsException(why);
            });
  }

  private SettingsException missing(String because) {
    return new SettingsException(because + ", but " + gpus.missing(host));
  }
}
