package org.sparkvae.job.compute;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkvae.job.settings.ComputeSettings;
import org.sparkvae.job.settings.ComputeSettings.Device;
import org.sparkvae.job.settings.SettingsException;

/**
 * What the tasks of this process compute on, found and checked at the first of them.
 *
 * <p>A task calls {@link #bind} before it touches an array; arrays that outlive a task are kept
 * apart by what that returns, and left to the next task after {@link #finish}.
 */
public final class ComputeNode {
  /** What {@link #bind} returns where there are no GPUs. */
  public static final int CPU = -1;

  private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";
  private static final Logger LOG = LoggerFactory.getLogger(ComputeNode.class);
  private static ComputeNode instance;

  private final ComputeSettings settings;
  private final GpuChoice choice;

  /** The GPUs of the tasks that run, by the id of the attempt. */
  private final Map<Long, Integer> bound = new HashMap<>();

  private GpuLeases leases;
  private boolean logged;

  private ComputeNode(ComputeSettings settings, Gpus gpus) {
    this.settings = settings;
    this.choice = new GpuChoice(host(), gpus);
  }

  /**
   * Binds the thread of the running task to the task's GPU until the task ends, the one that
   * Spark's scheduler assigned or one that few others use; again in the same task, to the same.
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
   * Waits until all is done that the running task has asked of its GPU, before another task may
   * touch its arrays.
   */
  public static void finish() {
    int gpu = bind();
    if (gpu != CPU) {
      current().gpus().finish(gpu);
    }
  }

  /**
   * What the running task computes on, in a line.
   *
   * @throws org.sparkvae.job.settings.SettingsException as {@link #bind}
   */
  static String describe() {
    return current().describe(bind());
  }

  /**
   * Checks what the driver has.
   *
   * @param local whether the driver's process runs the tasks too
   * @throws org.sparkvae.job.settings.SettingsException as {@link #bind}
   */
  static void prepareDriver(ComputeSettings settings, boolean local) {
    ComputeNode node = new ComputeNode(settings, Gpus.of(settings));
    node.gpus().prepareDriver(node.choice, settings, local);
  }

  /**
   * Binds the calling thread, of no task, to the first GPU that settings mean, for good.
   *
   * @return what it computes with, in a line
   * @throws org.sparkvae.job.settings.SettingsException where there is none, or as {@link #bind}
   */
  public static synchronized String bindToFirst(ComputeSettings settings) {
    ComputeNode node = instance == null ? new ComputeNode(settings, Gpus.of(settings)) : instance;
    List<Integer> usable = node.choice.usable(settings);
    if (usable.isEmpty()) {
      throw new SettingsException("there is no GPU " + node.gpus().missing(host()));
    }
    node.gpus().bind(usable.get(0));
    return node.gpus().describe(usable.get(0));
  }

  /** Has the tasks of this process compute on other GPUs than it would find; null for those. */
  static synchronized void simulate(ComputeSettings settings, Gpus gpus) {
    instance = gpus == null ? null : new ComputeNode(settings, gpus);
  }

  private static synchronized ComputeNode current() {
    ComputeSettings settings = ComputeConf.read(SparkEnv.get().conf());
    if (instance == null || !instance.settings.equals(settings)) {
      NativeLibraries.prepare();
      instance = new ComputeNode(settings, Gpus.of(settings));
    }
    return instance;
  }

  private Gpus gpus() {
    return choice.gpus();
  }

  private synchronized int bind(TaskContext task) {
    Integer known = bound.get(task.taskAttemptId());
    int gpu = known == null ? begin(task) : known;
    if (gpu == CPU) {
      gpus().unbind();
    } else {
      gpus().bind(gpu);
    }
    if (!logged) {
      logged = true;
      LOG.info("executor {} computes with {}", SparkEnv.get().executorId(), describe(gpu));
    }
    return gpu;
  }

  private int begin(TaskContext task) {
    long id = task.taskAttemptId();
    Optional<GpuAddress> address =
        settings.device() == Device.CPU
            ? Optional.empty()
            : GpuAddress.of(task.resourcesJMap(), Optional.ofNullable(System.getenv(VISIBLE)));
    int gpu = address.map(choice::assigned).orElseGet(() -> shared(id));
    bound.put(id, gpu);
    task.addTaskCompletionListener((TaskCompletionListener) over -> end(id));
    if (!logged) {
      address
          .flatMap(GpuAddress::visible)
          .ifPresent(entry -> LOG.info("GPU {} is {} of {}", gpu, entry, VISIBLE));
    }
    return gpu;
  }

  private int shared(long task) {
    List<Integer> usable = choice.usable(settings);
    if (usable.isEmpty()) {
      return CPU;
    }
    if (leases == null) {
      leases = new GpuLeases(usable);
    }
    return leases.take(task);
  }

  /** On the thread of a task that is over: the next one may be on another GPU, or on none. */
  private synchronized void end(long task) {
    bound.remove(task);
    if (leases != null) {
      leases.giveBack(task);
    }
    gpus().unbind();
  }

  private String describe(int gpu) {
    return gpu == CPU ? gpus().describeCpu() : gpus().describe(gpu);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "this machine";
    }
  }
}
