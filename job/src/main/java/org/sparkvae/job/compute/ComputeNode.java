package org.sparkvae.job.compute;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkvae.job.settings.ComputeSettings;
import org.sparkvae.job.settings.ComputeSettings.Device;
import org.sparkvae.tensor.kernels.Backend;

/**
 * What the tasks of this process compute on, found and checked at the first of them.
 *
 * <p>A task calls {@link #bind} before it touches an array; arrays that outlive a task are kept
 * apart by what that returns.
 */
public final class ComputeNode {
  /** What {@link #bind} returns where there are no GPUs. */
  public static final int CPU = -1;

  private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";
  private static final Logger LOG = LoggerFactory.getLogger(ComputeNode.class);
  private static ComputeNode instance;

  private final ComputeSettings settings;
  private final GpuChoice choice;
  private GpuLeases leases;
  private boolean logged;

  private ComputeNode(ComputeSettings settings, GpuChoice choice) {
    this.settings = settings;
    this.choice = choice;
  }

  /**
   * Binds the thread of the running task to the task's GPU, the one that Spark's scheduler assigned
   * or one that few others use; again in the same task, to the same.
   *
   * @return the GPU's index, or {@link #CPU}, as outside of tasks
   * @throws org.sparkvae.job.settings.SettingsException where the settings and this machine do not
   *     go together
   */
  public static int bind() {
    TaskContext task = TaskContext.get();
    return task == null ? CPU : current().bind(task);
  }

  /**
   * What the running task computes on, in a line.
   *
   * @throws org.sparkvae.job.settings.SettingsException as {@link #bind}
   */
  static String describe() {
    bind();
    return Backend.describe();
  }

  /**
   * Checks what the driver has, and binds the calling thread to it.
   *
   * @param local whether the driver's process runs the tasks too; else it needs no GPU, but one
   *     without kernels would be in its way
   * @throws org.sparkvae.job.settings.SettingsException as {@link #bind}
   */
  static void prepareDriver(ComputeSettings settings, boolean local) {
    ComputeSettings asked =
        local || settings.device() == Device.CPU
            ? settings
            : new ComputeSettings(Device.AUTO, List.of());
    choice().usable(asked).stream().findFirst().ifPresent(Backend::use);
  }

  private static synchronized ComputeNode current() {
    ComputeSettings settings = ComputeConf.read(SparkEnv.get().conf());
    if (instance == null || !instance.settings.equals(settings)) {
      NativeLibraries.unpackIntoSparksFolder();
      instance = new ComputeNode(settings, choice());
    }
    return instance;
  }

  private static GpuChoice choice() {
    return new GpuChoice(host(), Backend.isBuiltForGpus(), Backend.gpus());
  }

  private synchronized int bind(TaskContext task) {
    Optional<GpuAddress> address =
        GpuAddress.of(task.resourcesJMap(), Optional.ofNullable(System.getenv(VISIBLE)));
    int gpu = address.map(choice::assigned).orElseGet(() -> shared(task));
    if (gpu != CPU) {
      Backend.use(gpu);
    }
    if (!logged) {
      logged = true;
      LOG.info("executor {} computes with {}", SparkEnv.get().executorId(), Backend.describe());
      address
          .flatMap(GpuAddress::visible)
          .ifPresent(entry -> LOG.info("GPU {} is {} of {}", gpu, entry, VISIBLE));
    }
    return gpu;
  }

  private int shared(TaskContext task) {
    List<Integer> usable = choice.usable(settings);
    if (usable.isEmpty()) {
      return CPU;
    }
    if (leases == null) {
      leases = new GpuLeases(usable);
    }
    GpuLeases given = leases;
    long id = task.taskAttemptId();
    task.addTaskCompletionListener((TaskCompletionListener) over -> given.giveBack(id));
    return given.take(id);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "this machine";
    }
  }
}
