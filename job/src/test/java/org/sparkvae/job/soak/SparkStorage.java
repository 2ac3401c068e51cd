package org.sparkvae.job.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the blocks and the direct buffers of each process of an application take, as the processes
 * themselves report it into a folder. The driver's pages, which add up what they hear of, go wrong
 * once an executor died.
 */
record SparkStorage(Path folder) {
  private static final String NAMESPACE = "soak";

  /** What spark-submit is to be told. */
  List<String> options() {
    String sink = "spark.metrics.conf.*.sink.csv.";
    return List.of(
        "--conf",
        "spark.metrics.namespace=" + NAMESPACE,
        "--conf",
        sink + "class=org.apache.spark.metrics.sink.CsvSink",
        "--conf",
        sink + "period=5",
        "--conf",
        sink + "directory=" + folder);
  }

  /**
   * Bytes of blocks in memory; none where the process has not reported yet.
   *
   * @param id of an executor, or driver
   */
  OptionalLong used(String id) throws IOException {
    return last(id, "OnHeapStorageMemory");
  }

  /** Bytes of direct buffers; none where the process has not reported yet. */
  OptionalLong direct(String id) throws IOException {
    return last(id, "DirectPoolMemory");
  }

  private OptionalLong last(String id, String metric) throws IOException {
    String name = "%s.%s.ExecutorMetrics.%s.csv".formatted(NAMESPACE, id, metric);
    List<String> lines;
    try {
      lines = Files.readAllLines(folder.resolve(name));
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    }
    String[] last = lines.get(lines.size() - 1).split(",");
    // Time and value, after a line of their names.
    return lines.size() < 2 || last.length < 2
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(last[1]));
  }
}
