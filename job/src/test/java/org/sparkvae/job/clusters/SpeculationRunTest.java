package org.sparkvae.job.clusters;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.VaeJob;
import org.sparkvae.job.fixtures.DrawnJob;
import org.sparkvae.job.fixtures.DriverProcess;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.RunFiles;
import org.sparkvae.job.fixtures.SameBits;

/**
 * Slow tasks on a standalone cluster of two hosts, as Spark starts a copy of a task on another host
 * only: two loopback addresses.
 */
@Tag("cluster")
@Timeout(240)
class SpeculationRunTest {
  private static final List<String> SLOW =
      List.of("reading the training images", "epoch 2/3, round 2/3", "evaluate: log p.x. of .*");

  @TempDir private Path folder;

  @Test
  void copiesOfSlowTasksChangeNoBit() throws Exception {
    String conf = DrawnJob.write(folder, "report.pictures = false");
    RunFiles local = RunFiles.in(folder, "local");
    RunFiles run = RunFiles.in(folder, "run");
    assertThat(LocalJob.run(conf, local.setting()).status()).isZero();
    Path taken = Files.createDirectory(folder.resolve("taken-back"));
    LocalJob.Outcome outcome;
    try (ClassPathCluster cluster =
        ClassPathCluster.start(folder, List.of("127.0.0.2", "127.0.0.3"))) {
      ProcessBuilder driver =
          DriverProcess.of(VaeJob.class, speculating(cluster.master(), taken), conf, run.setting());
      outcome = DriverProcess.run(driver, folder);
    }
    assertThat(outcome.status()).as(outcome.err()).isZero();

    List<String> jobs = new ArrayList<>();
    try (Stream<Path> tasks = Files.list(taken)) {
      for (Path task : tasks.toList()) {
        jobs.add(Files.readString(task));
      }
    }
    for (String job : SLOW) {
      assertThat(jobs).as("stood still until a copy was done").anyMatch(j -> j.matches(job));
    }
    SameBits.require(run, local, 3);
  }

  private static Map<String, String> speculating(String master, Path taken) {
    Map<String, String> spark = ClassPathExecutors.of(master);
    // Eager: a task that takes longer than the other one has a copy at once.
    spark.put("spark.speculation", "true");
    spark.put("spark.speculation.interval", "10ms");
    spark.put("spark.speculation.multiplier", "1.0");
    spark.put("spark.speculation.quantile", "0.5");
    spark.put("spark.speculation.minTaskRuntime", "1ms");
    // For stages of a single task, too.
    spark.put("spark.speculation.task.duration.threshold", "500ms");
    spark.put("spark.plugins", SlowTask.class.getName());
    spark.put(
        SlowTask.AT, "reading the training images|epoch 2/3, round 2/3|evaluate: log p.x. of .*");
    spark.put(SlowTask.NOTES, taken.toString());
    return spark;
  }
}
