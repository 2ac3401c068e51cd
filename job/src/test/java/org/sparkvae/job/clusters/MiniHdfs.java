package org.sparkvae.job.clusters;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.sparkvae.job.fixtures.RunFiles;

/** A real HDFS of two datanodes, in this process. */
record MiniHdfs(MiniDFSCluster cluster) implements AutoCloseable {

  /** Starts one whose blocks lie in a folder. */
  static MiniHdfs start(Path folder) throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
    return new MiniHdfs(new MiniDFSCluster.Builder(configuration).numDataNodes(2).build());
  }

  /** The URI of a path. */
  String uri(String path) {
    return cluster.getURI() + path;
  }

  /** Copies a local file or folder. */
  void put(Path local, String path) throws IOException {
    fileSystem().copyFromLocalFile(hadoop(local.toString()), hadoop(path));
  }

  /** Copies a run directory to a local folder. */
  RunFiles fetch(String path, Path local) throws IOException {
    fileSystem().copyToLocalFile(false, hadoop(path), hadoop(local.toString()), true);
    return new RunFiles(local);
  }

  @Override
  public void close() {
    cluster.shutdown();
  }

  private FileSystem fileSystem() throws IOException {
    return cluster.getFileSystem();
  }

  private static org.apache.hadoop.fs.Path hadoop(String path) {
    return new org.apache.hadoop.fs.Path(path);
  }
}
