package org.sparkvae.job.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a JVM on this machine holds.
 *
 * @param heap bytes of the objects that a full garbage collection leaves
 * @param resident bytes of memory, off-heap arrays as well: what JavaCPP calls physical bytes
 * @param outside bytes of memory but for those of the heap
 * @param handles open files and sockets
 * @param threads that run
 * @param arrays ND4J's buffers outside the heap that a full garbage collection leaves, how many
 * @param direct bytes of direct buffers
 * @param storage bytes of Spark's blocks in memory
 */
record ProcessFigures(
    long heap,
    long resident,
    long outside,
    long handles,
    long threads,
    long arrays,
    long direct,
    long storage) {
  /** Names of the figures, as {@link #line} has them. */
  static final String NAMES = "heap,resident,outside,handles,threads,arrays,direct,storage";

  private static final int KIB = 1024;
  private static final String BUFFER = "org.nd4j.nativeblas.OpaqueDataBuffer";

  /**
   * Measures a process, of which Spark tells the rest; nothing where it has ended meanwhile.
   *
   * @param direct bytes of direct buffers
   * @param storage bytes of Spark's blocks in memory
   */
  static Optional<ProcessFigures> of(long pid, long direct, long storage)
      throws InterruptedException {
    try {
      // Collects the garbage first.
      List<String> objects = objects(pid);
      return Optional.of(
          new ProcessFigures(
              heap(objects),
              status(pid, "VmRSS:") * KIB,
              HeapMapping.of(jcmd(pid, "GC.heap_info")).residentOutside(smaps(pid)) * KIB,
              handles(pid),
              status(pid, "Threads:"),
              instances(objects, BUFFER),
              direct,
              storage));
    } catch (IOException e) {
      if (ProcessHandle.of(pid).isEmpty()) {
        return Optional.empty();
      }
      throw new IllegalStateException("process " + pid + " cannot be measured", e);
    }
  }

  /** The figures, with commas between them. */
  String line() {
    return Stream.of(heap, resident, outside, handles, threads, arrays, direct, storage)
        .map(String::valueOf)
        .collect(Collectors.joining(","));
  }

  /** One line: the least and the most of each figure. */
  static String ranges(String process, List<ProcessFigures> figures) {
    return process
        + ": heap "
        + range(figures, ProcessFigures::heap)
        + " bytes, resident "
        + range(figures, ProcessFigures::resident)
        + " bytes, outside the heap "
        + range(figures, ProcessFigures::outside)
        + " bytes, open handles "
        + range(figures, ProcessFigures::handles)
        + ", threads "
        + range(figures, ProcessFigures::threads)
        + ", arrays "
        + range(figures, ProcessFigures::arrays)
        + ", direct buffers "
        + range(figures, ProcessFigures::direct)
        + " bytes"
        + ", Spark's storage "
        + range(figures, ProcessFigures::storage)
        + " bytes";
  }

  private static String range(List<ProcessFigures> figures, ToLongFunction<ProcessFigures> figure) {
    LongSummaryStatistics all = figures.stream().mapToLong(figure).summaryStatistics();
    return String.format(Locale.ROOT, "%,d to %,d", all.getMin(), all.getMax());
  }

  /** A line for each class: its number, instances, bytes, name; and one in all. */
  private static List<String> objects(long pid) throws IOException, InterruptedException {
    List<String> objects = jcmd(pid, "GC.class_histogram");
    String last = objects.isEmpty() ? "" : objects.get(objects.size() - 1);
    if (!last.startsWith("Total ")) {
      throw new IOException("jcmd: " + last);
    }
    return objects;
  }

  private static List<String> jcmd(long pid, String command)
      throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process process =
        new ProcessBuilder(jcmd, Long.toString(pid), command).redirectErrorStream(true).start();
    List<String> lines;
    try (Stream<String> read = process.inputReader().lines()) {
      lines = read.map(String::strip).toList();
    }
    if (process.waitFor() != 0) {
      throw new IOException("jcmd: " + lines);
    }
    return lines;
  }

  private static List<String> smaps(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/smaps"));
  }

  private static long heap(List<String> objects) {
    return Long.parseLong(objects.get(objects.size() - 1).split("\\s+")[2]);
  }

  private static long instances(List<String> objects, String name) {
    return objects.stream()
        .map(line -> line.split("\\s+"))
        .filter(columns -> columns.length > 3 && columns[3].equals(name))
        .mapToLong(columns -> Long.parseLong(columns[1]))
        .sum();
  }

  private static long status(long pid, String name) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow(() -> new IOException("the process ends"));
    }
  }

  private static long handles(long pid) throws IOException {
    try (Stream<Path> handles = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return handles.count();
    }
  }
}
