package org.sparkvae.job.clusters;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * A real YARN of two node managers, in this process.
 *
 * @param settings the folder of its clients' settings, as HADOOP_CONF_DIR
 */
record MiniYarn(MiniYARNCluster cluster, Path settings) implements AutoCloseable {
  private static final int NODE_MANAGERS = 2;

  /**
   * Starts one.
   *
   * @param hdfs its file system, where applications leave what travels to their containers
   * @param folder of the settings
   */
  static MiniYarn start(MiniHdfs hdfs, Path folder) throws Exception {
    Configuration configuration = new YarnConfiguration();
    configuration.set("fs.defaultFS", hdfs.uri(""));
    configuration.setInt(YarnConfiguration.NM_PMEM_MB, 4096);
    configuration.set("yarn.scheduler.capacity.root.queues", "default");
    configuration.set("yarn.scheduler.capacity.root.default.capacity", "100");
    configuration.set("yarn.scheduler.capacity.maximum-am-resource-percent", "1.0");
    // A JVM reserves far more addresses than it uses memory.
    configuration.setBoolean(YarnConfiguration.NM_VMEM_CHECK_ENABLED, false);
    // However full the disk of the machine that tests.
    configuration.setFloat(YarnConfiguration.NM_MAX_PER_DISK_UTILIZATION_PERCENTAGE, 100);
    MiniYARNCluster cluster = new MiniYARNCluster("yarn", NODE_MANAGERS, 1, 1);
    cluster.init(configuration);
    cluster.start();
    cluster.waitForNodeManagersToConnect(30_000);
    // With the ports that were found.
    write(cluster.getConfig(), Files.createDirectories(folder).resolve("yarn-site.xml"));
    Files.copy(folder.resolve("yarn-site.xml"), folder.resolve("core-site.xml"));
    return new MiniYarn(cluster, folder);
  }

  /** What containers said on stderr, so far. */
  String said() throws IOException {
    StringBuilder said = new StringBuilder();
    try (Stream<Path> files = Files.walk(cluster.getTestWorkDir().toPath())) {
      for (Path file : files.filter(f -> f.endsWith("stderr")).toList()) {
        said.append(Files.readString(file));
      }
    }
    return said.toString();
  }

  @Override
  public void close() {
    cluster.stop();
  }

  private static void write(Configuration configuration, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      configuration.writeXml(out);
    }
  }
}
