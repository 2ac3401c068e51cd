package org.sparkvae.job.compute;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.resource.ResourceInformation;
import org.sparkvae.job.settings.SettingsException;

/**
 * The GPU that Spark assigned to a task.
 *
 * <p>An address is an index, of the machine's GPUs, or where CUDA_VISIBLE_DEVICES is set, into that
 * list, as Spark's TorchDistributor reads it. Either way it is the number by which this process
 * knows the GPU, since CUDA numbers those that are visible from 0.
 *
 * @param index the number by which this process knows it
 * @param visible the entry of CUDA_VISIBLE_DEVICES that it stands for, where that is set
 */
record GpuAddress(int index, Optional<String> visible) {
  static final String RESOURCE = "gpu";

  private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

  /**
   * The first GPU among a task's resources; none where Spark's scheduler assigns no GPUs.
   *
   * @param visible CUDA_VISIBLE_DEVICES, where it is set
   * @throws SettingsException where the address is no index, or not in the list
   */
  static Optional<GpuAddress> of(
      Map<String, ResourceInformation> resources, Optional<String> visible) {
    ResourceInformation gpus = resources.get(RESOURCE);
    if (gpus == null || gpus.addresses().length == 0) {
      return Optional.empty();
    }
    return Optional.of(of(gpus.addresses()[0], visible));
  }

  private static GpuAddress of(String address, Optional<String> visible) {
    if (!INDEX.matcher(address).matches()) {
      throw new SettingsException(
          "Spark assigned a task the GPU \"%s\", which is no index: use submit/gpu-discovery as the discovery script, which prints indices"
              .formatted(address));
    }
    int index = Integer.parseInt(address);
    if (visible.isEmpty()) {
      return new GpuAddress(index, Optional.empty());
    }
    List<String> list = List.of(visible.get().split("\\s*,\\s*"));
    if (index >= list.size()) {
      throw new SettingsException(
          "Spark assigned a task the GPU %d, but CUDA_VISIBLE_DEVICES is \"%s\": addresses are places in that list, from 0, as submit/gpu-discovery prints them"
              .formatted(index, visible.get()));
    }
    return new GpuAddress(index, Optional.of(list.get(index)));
  }
}
