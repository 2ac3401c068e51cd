package org.sparkvae.job.data.images;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import org.sparkvae.job.data.faults.LocalDiskException;

/**
 * A file on a local disk that only this process reads, any part at any time.
 *
 * <p>It is read by calls rather than mapped: of a mapping the space stays in use until the garbage
 * collector comes by, its pages count as memory of a container on YARN, a page that is not there
 * keeps the whole JVM from its safepoints, and the kernel reads far around it. The page cache holds
 * what fits in either case. A {@code FileChannel} would be closed by the interrupt of a task.
 */
final class ImageFile implements Closeable {
  private final String path;
  private final RandomAccessFile file;

  /**
   * Opens a file, and takes its name away where the system allows that: it goes with the process,
   * however that ends.
   */
  ImageFile(File written) throws IOException {
    path = written.getPath();
    file = new RandomAccessFile(written, "r");
    try {
      Files.delete(written.toPath());
    } catch (IOException e) {
      // Then it goes with Spark's folder that it lies in.
      return;
    }
  }

  /**
   * Reads {@code into.length} bytes.
   *
   * @throws LocalDiskException where the disk fails, or the file was closed
   */
  void read(long position, byte[] into) {
    try {
      synchronized (file) {
        file.seek(position);
        file.readFully(into);
      }
    } catch (IOException e) {
      throw LocalDiskException.reading(path, e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
