package org.sparkvae.job.settings;

import java.util.List;
import org.sparkvae.device.Precision;

/**
 * What tasks compute on.
 *
 * @param backend by which GPUs are reached
 * @param device what is asked for
 * @param gpus that the tasks of a JVM share where Spark assigns them none, by index; empty for all
 * @param products how precise the factors of matrix products are on GPUs of the driver's
 */
public record ComputeSettings(
    Backend backend, Device device, List<Integer> gpus, Precision products) {
  /** What reaches GPUs. */
  public enum Backend {
    /** ND4J's CUDA backend where the jar is built for it, else NVIDIA's driver. */
    AUTO,
    /** NVIDIA's driver, beside ND4J's CPU backend. */
    DRIVER,
    /** ND4J's CUDA backend. */
    ND4J
  }

  /** What a job may compute on. */
  public enum Device {
    /** GPUs where there are any that the backend can use, else the CPU. */
    AUTO,
    /** GPUs, or not at all. */
    GPU,
    /** The CPU, or not at all. */
    CPU
  }

  /** Makes the list immutable. */
  public ComputeSettings {
    gpus = List.copyOf(gpus);
  }
}
