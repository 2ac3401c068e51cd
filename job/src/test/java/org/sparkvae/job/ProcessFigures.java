package org.sparkvae.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What a JVM on this machine holds.
 *
 * @param heap bytes of the objects that a full garbage collection leaves
 * @param resident bytes of memory, off-heap arrays as well: what JavaCPP calls physical bytes
 * @param handles open files and sockets
 * @param storage bytes of Spark's blocks in memory
 */
record ProcessFigures(long heap, long resident, long handles, long storage) {

  /** Measures a process, whose storage is known; nothing where it has ended meanwhile. */
  static Optional<ProcessFigures> of(long pid, long storage) throws InterruptedException {
    try {
      // Collects the garbage first.
      long heap = heap(pid);
      return Optional.of(new ProcessFigures(heap, resident(pid), handles(pid), storage));
    } catch (IOException e) {
      if (ProcessHandle.of(pid).isEmpty()) {
        return Optional.empty();
      }
      throw new IllegalStateException("process " + pid + " cannot be measured", e);
    }
  }

  /** The figures, with commas between them. */
  String line() {
    return heap + "," + resident + "," + handles + "," + storage;
  }

  /** One line: the least and the most of each figure. */
  static String ranges(String process, List<ProcessFigures> figures) {
    return process
        + ": heap "
        + range(figures, ProcessFigures::heap)
        + " bytes, resident "
        + range(figures, ProcessFigures::resident)
        + " bytes, open handles "
        + range(figures, ProcessFigures::handles)
        + ", Spark's storage "
        + range(figures, ProcessFigures::storage)
        + " bytes";
  }

  private static String range(List<ProcessFigures> figures, ToLongFunction<ProcessFigures> figure) {
    LongSummaryStatistics all = figures.stream().mapToLong(figure).summaryStatistics();
    return String.format(Locale.ROOT, "%,d to %,d", all.getMin(), all.getMax());
  }

  private static long heap(long pid) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process process =
        new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String last;
    try (Stream<String> lines = process.inputReader().lines()) {
      last = lines.reduce("", (before, line) -> line);
    }
    // Total, instances, bytes.
    String[] total = last.strip().split("\\s+");
    if (process.waitFor() != 0 || !total[0].equals("Total")) {
      throw new IOException("jcmd: " + last);
    }
    return Long.parseLong(total[2]);
  }

  private static long resident(long pid) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
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
