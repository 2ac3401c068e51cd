package org.sparkvae.job.clusters;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.fixtures.DriverProcess;
import org.sparkvae.job.fixtures.LocalJob;

/** Stages of Spark ML on executors that are processes of their own. */
@Tag("cluster")
@Timeout(180)
class SparkMlRunTest {
  @TempDir private Path folder;

  @Test
  void haveTheBitsOfLocalMode() throws Exception {
    LocalJob.Outcome local = run("local", Map.of());
    LocalJob.Outcome processes = run("processes", ClassPathExecutors.of("local-cluster[2,1,1024]"));
    assertThat(local.out().lines()).hasSize(120);
    assertThat(processes.out()).isEqualTo(local.out());
    assertThat(coefficients("processes")).isEqualTo(coefficients("local"));
    String[] rows = local.out().split("\n");
    assertThat(rows[60]).as("of the run that was kept").isEqualTo(rows[0]);
  }

  private LocalJob.Outcome run(String name, Map<String, String> spark) throws Exception {
    Path place = Files.createDirectories(folder.resolve(name));
    ProcessBuilder builder =
        DriverProcess.of(SparkMlProgram.class, new TreeMap<>(spark), place.toUri().toString());
    ClassPathExecutors.home(builder, folder.resolve("spark"));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    LocalJob.Outcome outcome = DriverProcess.run(builder, folder.resolve(name + "-logs"));
    assertThat(outcome.status()).as(outcome.err()).isZero();
    return outcome;
  }

  private byte[] coefficients(String name) throws Exception {
    try (ZipFile zip = new ZipFile(folder.resolve(name + "/model/model.zip").toFile())) {
      return zip.getInputStream(zip.getEntry("coefficients.bin")).readAllBytes();
    }
  }
}
