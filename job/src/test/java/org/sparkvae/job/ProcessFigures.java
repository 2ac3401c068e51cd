package org.sparkvae.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a JVM on this machine holds.
 *
 * @param heap bytes of the objects that a full garbage collection leaves
 * @param resident bytes of memory, off-heap arrays as well: what JavaCPP calls physical bytes
 * @param handles open files and sockets
 */
record ProcessFigures(long heap, long resident, long handles) {

  /** Measures a process; nothing where it has ended meanwhile. */
  static Optional<ProcessFigures> of(long pid) throws InterruptedException {
    try {
      // Collects the garbage first.
      long heap = heap(pid);
      return Optional.of(new ProcessFigures(heap, resident(pid), handles(pid)));
    } catch (IOException e) {
      if (ProcessHandle.of(pid).isEmpty()) {
        return Optional.empty();
      }
      throw new IllegalStateException("process " + pid + " cannot be measured", e);
    }
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
