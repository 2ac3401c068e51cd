package org.sparkvae.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code submit/cluster} hands to spark-submit. */
class SubmitClusterTest {
  @TempDir private Path folder;

  @Test
  void passesOnWhatKerberosNeeds() throws Exception {
    assertThat(
            submitted(
                "hdfs:///job.conf",
                "seed=2",
                "--",
                "--master",
                "yarn",
                "--principal",
                "vae@EXAMPLE.ORG",
                "--keytab",
                "/etc/vae.keytab"))
        .containsSequence("--principal", "vae@EXAMPLE.ORG")
        .containsSequence("--keytab", "/etc/vae.keytab")
        .endsWith("hdfs:///lib/job.jar", "hdfs:///job.conf", "seed=2");
  }

  @Test
  void sendsTheSettingsFileAndWhatItIncludesToADriverOnTheCluster() throws Exception {
    Path conf = Files.writeString(folder.resolve("job.conf"), "include \"data.conf\"\n");
    Path data = Files.writeString(folder.resolve("data.conf"), "seed = 3\n");

    assertThat(
            submitted(
                conf.toString(),
                "--",
                "--master=yarn",
                "--deploy-mode",
                "cluster",
                "--files",
                "/etc/other"))
        .containsSequence("--files", "/etc/other," + conf + "," + data)
        .endsWith("hdfs:///lib/job.jar", "job.conf");
  }

  /** The arguments that a spark-submit in SPARK_HOME gets. */
  private List<String> submitted(String... arguments) throws IOException, InterruptedException {
    Path spark = folder.resolve("spark");
    Path command = Files.createDirectories(spark.resolve("bin")).resolve("spark-submit");
    Files.writeString(command, "#!/usr/bin/env bash\nprintf '%s\\n' \"$@\"\n");
    assertThat(command.toFile().setExecutable(true)).isTrue();
    List<String> all = new ArrayList<>(List.of("--jar", "hdfs:///lib/job.jar"));
    all.addAll(List.of(arguments));
    SubmittedJob.Outcome outcome =
        SubmittedJob.run(folder.resolve("logs"), Map.of("SPARK_HOME", spark.toString()), all);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    return outcome.out().lines().toList();
  }
}
