package org.sparkvae.job.track.tensorboard;

import java.io.Closeable;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * A file of records as TensorFlow frames them: the length, its checksum, the record, its checksum;
 * numbers with the lowest byte first.
 */
final class EventFile implements Closeable {
  private static final int ROTATION = 15;

  /**
   * What TensorFlow adds to a checksum, so that one of bytes that hold checksums is no accident.
   */
  private static final int MASK = 0xa282ead8;

  private final FSDataOutputStream out;

  private EventFile(FSDataOutputStream out) {
    this.out = out;
  }

  /**
   * Makes a file that sorts behind those that were made before.
   *
   * @param seconds since 1970
   * @throws IOException where the file system does not take it
   */
  static EventFile in(Path directory, Configuration hadoop, long seconds) throws IOException {
    FileSystem any = directory.getFileSystem(hadoop);
    // Without Hadoop's .crc files, which would hold back what a reader is to see at once.
    FileSystem fileSystem = any instanceof LocalFileSystem local ? local.getRawFileSystem() : any;
    fileSystem.mkdirs(directory);
    int number = 0;
    Path file = path(directory, seconds, number);
    while (fileSystem.exists(file)) {
      file = path(directory, seconds, ++number);
    }
    return new EventFile(fileSystem.create(file, false));
  }

  private static Path path(Path directory, long seconds, int number) {
    return new Path(
        directory,
        String.format(Locale.ROOT, "events.out.tfevents.%010d.spark-vae.%03d", seconds, number));
  }

  void append(byte[] entry) throws IOException {
    byte[] length = Message.littleEndian(Long.BYTES).putLong(entry.length).array();
    out.write(length);
    out.write(checksum(length));
    out.write(entry);
    out.write(checksum(entry));
  }

  /** Shows a reader what there is so far, where the file system can; else closing does. */
  void show() throws IOException {
    if (out.hasCapability(StreamCapabilities.HSYNC)) {
      out.hflush();
    } else {
      out.flush();
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /** The masked CRC-32C. */
  private static byte[] checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    int rotated = Integer.rotateRight((int) crc.getValue(), ROTATION);
    return Message.littleEndian(Integer.BYTES).putInt(rotated + MASK).array();
  }
}
