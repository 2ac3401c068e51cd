package org.sparkvae.job.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** What lies in a place, as somebody else than the job reads and writes it. */
public final class StoredFiles {
  private StoredFiles() {}

  /** The names in a directory, sorted. */
  public static List<String> names(Path directory) throws IOException {
    return Arrays.stream(Places.fileSystem(directory).listStatus(directory))
        .map(FileStatus::getPath)
        .map(Path::getName)
        .sorted()
        .toList();
  }

  public static String text(Path file) throws IOException {
    try (InputStream in = Places.fileSystem(file).open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  public static void put(Path file, String text) throws IOException {
    try (OutputStream out = Places.fileSystem(file).create(file, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
