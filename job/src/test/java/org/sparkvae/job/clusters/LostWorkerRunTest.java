package org.sparkvae.job.clusters;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

/** A machine that dies in a round and is not replaced: the shards take turns on the other one. */
@Tag("cluster")
@Timeout(240)
class LostWorkerRunTest {
  @TempDir private Path folder;

  @Test
  void goesOnWhereThereIsRoomAndChangesNoBit() throws Exception {
    String conf = DrawnJob.write(folder, "report.pictures = false");
    RunFiles local = RunFiles.in(folder, "local");
    RunFiles run = RunFiles.in(folder, "run");
    assertThat(LocalJob.run(conf, local.setting()).status()).isZero();
    Path dead = folder.resolve("dead");
    try (ClassPathCluster cluster =
        ClassPathCluster.start(folder, List.of("127.0.0.2", "127.0.0.3"))) {
      Map<String, String> spark = ClassPathExecutors.of(cluster.master());
      spark.put("spark.plugins", ExecutorKiller.class.getName());
      spark.put(ExecutorKiller.AT, "epoch 2/3");
      spark.put(ExecutorKiller.WITH_BLOCK, ".*_round2_.*");
      spark.put(ExecutorKiller.PARENT_TOO, "true");
      spark.put(ExecutorKiller.DEAD, dead.toString());
      ProcessBuilder driver = DriverProcess.of(VaeJob.class, spark, conf, run.setting());
      LocalJob.Outcome outcome = DriverProcess.run(driver, folder.resolve("logs"));
      assertThat(outcome.status()).as(outcome.err()).isZero();
    }
    assertThat(dead).as("the dead executor's process id").isNotEmptyFile();
    SameBits.require(run, local, 3);
  }
}
