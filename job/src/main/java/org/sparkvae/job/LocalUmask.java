package org.sparkvae.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * Gives files that Hadoop writes on local disks the umask of this process, as all its other files
 * have it: Hadoop sets their permissions itself, by an umask of its own that is 022 where nothing
 * says otherwise.
 */
final class LocalUmask {
  private static final String KEY = "fs.permissions.umask-mode";
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String LINE = "Umask:";

  private LocalUmask() {}

  /** Sets it before a session starts, where the directory is local and Hadoop's is not set. */
  static void apply(SparkConf conf, String directory) {
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(conf);
    if (isDefault(hadoop) && isLocal(directory, hadoop)) {
      ofProcess().ifPresent(umask -> conf.set("spark.hadoop." + KEY, umask));
    }
  }

  /** The umask in octal; none where the operating system does not tell. */
  static Optional<String> ofProcess() {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(LINE))
          .map(line -> line.substring(LINE.length()).strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean isDefault(Configuration hadoop) {
    String[] sources = hadoop.getPropertySources(KEY);
    return sources == null || Arrays.stream(sources).allMatch("core-default.xml"::equals);
  }

  private static boolean isLocal(String directory, Configuration hadoop) {
    try {
      String scheme = new org.apache.hadoop.fs.Path(directory).toUri().getScheme();
      // Only its class: a file system that is opened now would be kept, with the other umask.
      return LocalFileSystem.class.isAssignableFrom(
          FileSystem.getFileSystemClass(
              scheme == null ? FileSystem.getDefaultUri(hadoop).getScheme() : scheme, hadoop));
    } catch (IOException | IllegalArgumentException e) {
      // Whatever opens the directory says what is wrong with it.
      return false;
    }
  }
}
