package org.sparkvae.job.settings;

import java.util.List;

/**
 * What tasks compute on.
 *
 * @param device what is asked for
 * @param gpus that the tasks of a JVM share where Spark assigns them none, by index; empty for all
 */
public record ComputeSettings(Device device, List<Integer> gpus) {
  /** What a job may compute on. */
  public enum Device {
    /** GPUs where there are any and the build has a backend for them, else the CPU. */
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
