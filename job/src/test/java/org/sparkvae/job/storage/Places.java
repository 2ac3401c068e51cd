package org.sparkvae.job.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** Fresh directories on the file systems that the tests run on: the local one, and a real HDFS. */
public final class Places {
  private static MiniDFSCluster cluster;

  private Places() {}

  /** A directory that does not exist yet on each file system. */
  public static Stream<Path> fresh() {
    return Stream.of(local(), hdfs());
  }

  public static Path local() {
    try {
      java.nio.file.Path parent = Files.createTempDirectory("spark-vae-run");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(parent)));
      return new Path("file://" + parent.resolve("run"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static synchronized Path hdfs() {
    try {
      if (cluster == null) {
        java.nio.file.Path storage = Files.createTempDirectory("spark-vae-hdfs");
        Configuration configuration = new Configuration();
        configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, storage.toString());
        cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
        Runtime.getRuntime()
            .addShutdownHook(
                new Thread(
                    () -> {
                      cluster.shutdown();
                      delete(storage);
                    }));
      }
      return new Path(cluster.getFileSystem().getUri() + "/" + UUID.randomUUID() + "/run");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file system as the run directory uses it, without checksum files. */
  public static FileSystem fileSystem(Path path) throws IOException {
    FileSystem fileSystem = path.getFileSystem(new Configuration());
    return fileSystem instanceof LocalFileSystem local ? local.getRawFileSystem() : fileSystem;
  }

  private static void delete(java.nio.file.Path path) {
    try {
      org.apache.hadoop.fs.FileUtil.fullyDelete(path.toFile());
    } catch (RuntimeException e) {
      // The machine's temporary folder is cleared by others, too.
      return;
    }
  }
}
