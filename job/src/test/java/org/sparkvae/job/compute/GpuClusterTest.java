package org.sparkvae.job.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.device.cuda.Driver;
import org.sparkvae.job.VaeJob;
import org.sparkvae.job.fixtures.DataFixtures;
import org.sparkvae.tensor.kernels.Backend;

/**
 * Spark's resource scheduling with {@code submit/gpu-discovery}, in a cluster of processes whose
 * nvidia-smi is none: one executor that has two GPUs, and a task on each.
 */
@Tag("cluster")
@Timeout(60)
class GpuClusterTest {
  private static final Path SCRIPT = Path.of("..", "submit", "gpu-discovery").toAbsolutePath();

  @TempDir private Path folder;

  @Test
  void givesEachOfTwoTasksOfAnExecutorAGpu() throws Exception {
    Path lines = folder.resolve("lines");
    int status = run(Map.of(), AssignedGpus.class, lines.toString());
    assertThat(status).as(() -> text("err")).isZero();
    assertThat(Files.readAllLines(lines))
        .containsExactlyInAnyOrder(
            "executor 0, GPU 0, not listed", "executor 0, GPU 1, not listed");
  }

  @Test
  void countsInTheVisibleDevices() throws Exception {
    Path lines = folder.resolve("lines");
    Map<String, String> environment = Map.of("CUDA_VISIBLE_DEVICES", "6,4");
    int status = run(environment, AssignedGpus.class, lines.toString());
    assertThat(status).as(() -> text("err")).isZero();
    assertThat(Files.readAllLines(lines))
        .containsExactlyInAnyOrder("executor 0, GPU 0, 6", "executor 0, GPU 1, 4");
  }

  @Test
  void endsInALineWhereTheExecutorHasNoGpu() throws Exception {
    Assumptions.assumeTrue(Driver.devices().isEmpty() && !Backend.isBuiltForGpus());
    String images =
        DataFixtures.write(
            folder.resolve("images"),
            DataFixtures.idx(
                DataFixtures.IDX_IMAGES, new int[] {12, 2, 3}, DataFixtures.pixels(12, 6)));
    String conf =
        Files.writeString(
                folder.resolve("job.conf"),
                "pipeline = [train], run.directory = \"%s\", data.train { source = idx, path = \"%s\" }\n"
                    .formatted(folder.resolve("run"), images))
            .toString();
    assertThat(run(Map.of(), VaeJob.class, conf)).isEqualTo(2);
    assertThat(Files.readAllLines(folder.resolve("err")))
        .filteredOn(line -> line.startsWith("spark-vae: error: "))
        .singleElement()
        .asString()
        .matches(
            "spark-vae: error: Spark assigned a task the GPU [01], but on \\S+ the.* driver.*:"
                + " see what nvidia-smi says there, and CUDA_VISIBLE_DEVICES");
  }

  private int run(Map<String, String> environment, Class<?> main, String argument)
      throws Exception {
    Path smi =
        Files.writeString(
            folder.resolve("nvidia-smi"),
            "#!/bin/sh\nprintf 'GPU 0: Fake (UUID: GPU-a)\\nGPU 1: Fake (UUID: GPU-b)\\n'\n");
    assertThat(smi.toFile().setExecutable(true)).isTrue();
    Path home = Files.createDirectories(folder.resolve("spark"));
    Files.createDirectories(home.resolve("jars"));
    ProcessBuilder builder = new ProcessBuilder(command(main, argument));
    Map<String, String> env = builder.environment();
    env.remove("CUDA_VISIBLE_DEVICES");
    env.put("PATH", folder + ":" + env.get("PATH"));
    env.put("SPARK_HOME", home.toString());
    env.put("SPARK_SCALA_VERSION", "2.12");
    env.put("SPARK_LOCAL_IP", "127.0.0.1");
    env.putAll(environment);
    Process driver =
        builder
            .redirectError(folder.resolve("err").toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    try {
      return driver.waitFor();
    } finally {
      driver.descendants().forEach(ProcessHandle::destroyForcibly);
      driver.destroyForcibly();
    }
  }

  private String text(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(Class<?> main, String argument) {
    Map<String, String> spark = new LinkedHashMap<>();
    spark.put("spark.app.name", "gpus");
    spark.put("spark.master", "local-cluster[1,2,1024]");
    spark.put("spark.executor.memory", "1g");
    spark.put("spark.ui.enabled", "false");
    spark.put("spark.worker.resource.gpu.amount", "2");
    spark.put("spark.worker.resource.gpu.discoveryScript", SCRIPT.toString());
    spark.put("spark.executor.resource.gpu.amount", "2");
    spark.put("spark.task.resource.gpu.amount", "1");
    spark.put("spark.executor.extraClassPath", System.getProperty("java.class.path"));
    spark.put("spark.executor.extraJavaOptions", "--add-modules jdk.incubator.vector");
    spark.put("spark.executorEnv.OMP_NUM_THREADS", "1");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    spark.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName(), argument));
    return command;
  }
}
