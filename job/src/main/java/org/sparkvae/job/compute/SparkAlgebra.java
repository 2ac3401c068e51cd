package org.sparkvae.job.compute;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/**
 * Has Spark's machine learning compute linear algebra in Java, unless the user's Java options name
 * a native library.
 *
 * <p>By itself it takes the system's BLAS and LAPACK where there are any. Those of OpenBLAS, as
 * Debian has them, go by the name of the OpenBLAS that ND4J brings: in one process, one runs parts
 * of the other, and eigenvectors come out wrong. In Java results do not depend on what a machine
 * has installed.
 */
public final class SparkAlgebra {
  private static final String NONE = "none";

  /** Names of native libraries; the loading of one that is not there fails, and Java is taken. */
  private static final List<String> LIBRARIES =
      Stream.of("blas", "lapack", "arpack")
          .map("dev.ludovic.netlib.%s.nativeLib"::formatted)
          .toList();

  private SparkAlgebra() {}

  /** That of executors, before a session starts. */
  public static void ofExecutors(SparkConf conf) {
    String flags =
        LIBRARIES.stream()
            .map(of -> "-D%s=%s".formatted(of, NONE))
            .collect(Collectors.joining(" "));
    ExecutorOptions.prepend(conf, flags);
  }

  /** That of this process, before Spark's machine learning is touched. */
  static void ofThisProcess() {
    LIBRARIES.forEach(of -> System.getProperties().putIfAbsent(of, NONE));
  }
}
