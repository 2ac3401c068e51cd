package org.sparkvae.job.compute;

import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/**
 * The memory of an executor that runs in a container, which the cluster ends where it takes more.
 *
 * <p>ND4J's arrays lie outside the Java heap. What Spark adds to the heap for that, the overhead,
 * must hold the arrays and the JVM itself, for which Spark's own default is left: the larger of 384
 * MiB and a tenth of the heap.
 *
 * @param heap MiB
 * @param overhead MiB
 * @param sparks Spark's own memory outside the heap, MiB
 */
public record ExecutorMemory(long heap, long overhead, long sparks) {
  /** The least that arrays get, MiB, though the container may be too small for it. */
  private static final long LEAST = 128;

  private static final long LEAST_OVERHEAD = 384;
  private static final double DEFAULT_FACTOR = 0.1;
  private static final Pattern IN_CONTAINERS = Pattern.compile("yarn|k8s://.*");
  private static final String OPTIONS = "spark.executor.defaultJavaOptions";
  private static final String OVERHEAD = "spark.executor.memoryOverhead";

  /** By Spark's settings; none where executors run in no containers. */
  public static Optional<ExecutorMemory> of(SparkConf conf) {
    if (!IN_CONTAINERS.matcher(conf.get("spark.master", "")).matches()) {
      return Optional.empty();
    }
    long heap = conf.getSizeAsMb("spark.executor.memory", "1g");
    long overhead =
        conf.contains(OVERHEAD)
            ? conf.getSizeAsMb(OVERHEAD)
            : Math.max(
                LEAST_OVERHEAD,
                (long) (heap * conf.getDouble(OVERHEAD + "Factor", DEFAULT_FACTOR)));
    boolean offHeap = conf.getBoolean("spark.memory.offHeap.enabled", false);
    long sparks = offHeap ? conf.getSizeAsMb("spark.memory.offHeap.size", "0") : 0;
    return Optional.of(new ExecutorMemory(heap, overhead, sparks));
  }

  /**
   * Sets JavaCPP's limits for executors, before a session starts; what the user's Java options say
   * goes before. Without containers only the limit on ND4J's arrays stays, JavaCPP's own: that on
   * the process counts mapped files too.
   */
  public static void limit(SparkConf conf) {
    String limits = of(conf).map(ExecutorMemory::javaOptions).orElse(process(0));
    // In front: of an option given twice, Java takes the last.
    conf.set(OPTIONS, (limits + " " + conf.get(OPTIONS, "")).strip());
  }

  /** What to do where the arrays do not fit beside the heap, in a line; none where they do. */
  public Optional<String> warning() {
    long needed = forTheJvm() + LEAST;
    return overhead >= needed
        ? Optional.empty()
        : Optional.of(
            "executors have %d MiB beside a heap of %d MiB, which may not hold ND4J's arrays: set %s to %dm or more"
                .formatted(overhead, heap, OVERHEAD, needed));
  }

  /** MiB for ND4J's arrays. */
  long arrays() {
    return Math.max(LEAST, overhead - forTheJvm());
  }

  private String javaOptions() {
    return "-Dorg.bytedeco.javacpp.maxbytes=%dm ".formatted(arrays())
        + process(heap + overhead + sparks);
  }

  private static String process(long mebibytes) {
    return "-Dorg.bytedeco.javacpp.maxphysicalbytes=" + (mebibytes == 0 ? "0" : mebibytes + "m");
  }

  private long forTheJvm() {
    return Math.max(LEAST_OVERHEAD, (long) (heap * DEFAULT_FACTOR));
  }
}
