package org.sparkvae.job.compute;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/**
 * The memory of a driver or an executor that runs in a container, which the cluster ends where it
 * takes more.
 *
 * <p>ND4J's arrays lie outside the Java heap. What Spark adds to the heap for that, the overhead,
 * must hold the arrays and the JVM itself, for which Spark's own default is left: the larger of 384
 * MiB and a tenth of the heap.
 *
 * @param role what runs there
 * @param heap MiB
 * @param overhead MiB
 * @param sparks Spark's own memory outside the heap, MiB
 */
public record ContainerMemory(Role role, long heap, long overhead, long sparks) {
  /** What runs in a container. */
  public enum Role {
    DRIVER,
    EXECUTOR;

    /** The name of one of its settings. */
    private String setting(String name) {
      return "spark." + name().toLowerCase(Locale.ROOT) + "." + name;
    }

    private boolean isInContainer(SparkConf conf) {
      return CONTAINERS.matcher(conf.get("spark.master", "")).matches()
          && (this == EXECUTOR || conf.get(DEPLOY_MODE, "").equals("cluster") || isInPod(conf));
    }

    /** A driver that Kubernetes started takes itself for one in client mode. */
    private static boolean isInPod(SparkConf conf) {
      return conf.getBoolean("spark.kubernetes.submitInDriver", false);
    }
  }

  /** The least that arrays get, MiB, though the container may be too small for it. */
  private static final long LEAST = 128;

  private static final long LEAST_OVERHEAD = 384;
  private static final double DEFAULT_FACTOR = 0.1;
  private static final Pattern CONTAINERS = Pattern.compile("yarn|k8s://.*");
  private static final String DEPLOY_MODE = "spark.submit.deployMode";
  private static final String OVERHEAD = "memoryOverhead";

  /** By Spark's settings; none where those in this role run in no containers. */
  public static Optional<ContainerMemory> of(Role role, SparkConf conf) {
    if (!role.isInContainer(conf)) {
      return Optional.empty();
    }
    long heap = conf.getSizeAsMb(role.setting("memory"), "1g");
    String overhead = role.setting(OVERHEAD);
    double factor = conf.getDouble(overhead + "Factor", DEFAULT_FACTOR);
    // Spark adds its own memory outside the heap to executors' containers only.
    boolean offHeap =
        role == Role.EXECUTOR && conf.getBoolean("spark.memory.offHeap.enabled", false);
    return Optional.of(
        new ContainerMemory(
            role,
            heap,
            conf.contains(overhead)
                ? conf.getSizeAsMb(overhead)
                : Math.max(LEAST_OVERHEAD, (long) (heap * factor)),
            offHeap ? conf.getSizeAsMb("spark.memory.offHeap.size", "0") : 0));
  }

  /** What to do where arrays do not fit beside the heaps, a line each for driver and executors. */
  public static Stream<String> warnings(SparkConf conf) {
    return Stream.of(Role.values())
        .flatMap(role -> of(role, conf).flatMap(ContainerMemory::warning).stream());
  }

  /** What to do where the arrays do not fit beside the heap, in a line; none where they do. */
  Optional<String> warning() {
    long needed = forTheJvm() + LEAST;
    String who = role == Role.DRIVER ? "the driver has" : "executors have";
    return overhead >= needed
        ? Optional.empty()
        : Optional.of(
            "%s %d MiB beside a heap of %d MiB, which may not hold ND4J's arrays: set %s to %dm or more"
                .formatted(who, overhead, heap, role.setting(OVERHEAD), needed));
  }

  /** MiB for ND4J's arrays. */
  long arrays() {
    return Math.max(LEAST, overhead - forTheJvm());
  }

  /** MiB of the whole container. */
  long process() {
    return heap + overhead + sparks;
  }

  private long forTheJvm() {
    return Math.max(LEAST_OVERHEAD, (long) (heap * DEFAULT_FACTOR));
  }
}
