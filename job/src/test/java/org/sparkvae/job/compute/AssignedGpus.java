package org.sparkvae.job.compute;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** A program of two tasks in one executor at once, which writes the GPU that each one got. */
final class AssignedGpus {
  private static final CyclicBarrier BOTH = new CyclicBarrier(2);

  private AssignedGpus() {}

  /** Writes a line a task into the file named. */
  public static void main(String[] args) throws Exception {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      List<String> lines =
          new JavaSparkContext(spark.sparkContext())
              .parallelize(List.of(0, 1), 2)
              .map(task -> line())
              .collect();
      Files.write(Path.of(args[0]), lines);
    }
  }

  private static String line() throws Exception {
    BOTH.await();
    GpuAddress address =
        GpuAddress.of(
                TaskContext.get().resourcesJMap(),
                Optional.ofNullable(System.getenv("CUDA_VISIBLE_DEVICES")))
            .orElseThrow();
    return "executor %s, GPU %d, %s"
        .formatted(
            SparkEnv.get().executorId(), address.index(), address.visible().orElse("not listed"));
  }
}
