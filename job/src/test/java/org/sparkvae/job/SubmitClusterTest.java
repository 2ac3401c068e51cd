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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @Test
  void sendsWhatIsIncludedAnywhereInAFileAndByTheFilesThatAreIncluded() throws Exception {
    Path conf =
        conf(
            """
            # include "commented.conf"
            training { epochs = 2, include required("./data.conf") }
            run.directory = "hdfs:///runs/include \\"quoted.conf\\""
            include
              "data.conf", include "job.conf"
            """);
    Path data = Files.writeString(conf.resolveSibling("data.conf"), "include\"seed.json\"\n");
    Path seed = Files.writeString(conf.resolveSibling("seed.json"), "{\"seed\": 3}\n");

    assertThat(submitted(conf.toString(), "--", "--master=yarn", "--deploy-mode=cluster"))
        .containsSequence("--files", conf + "," + data + "," + seed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "include \"../base.conf\"             | ../base.conf lies in another folder",
        "include \"sub/x.conf\"               | sub/x.conf lies in another folder",
        "a { include required(\"sub/x.conf\") } | sub/x.conf lies in another folder",
        "include \"/etc/x.conf\"              | /etc/x.conf lies in another folder",
        "include \"base\"                     | base does not travel",
        "include \"none.conf\"                | none.conf: no such file beside this one",
        "include file(\"x.conf\")             | x.conf is included by file(",
        "include required(file(\"x.conf\"))   | x.conf is included by required(file(",
        "include url(\"file:/etc/x.conf\")    | file:/etc/x.conf is included by url(",
        "include classpath(\"x.conf\")        | x.conf is included by classpath(",
      })
  void refusesWhatADriverOnTheClusterWouldNotFind(String include, String reason) throws Exception {
    Path conf = conf("include \"data.conf\"\n");
    Path data = Files.writeString(conf.resolveSibling("data.conf"), "seed = 3\n" + include + "\n");
    for (String name : List.of("base", "base.conf", "x.conf", "sub/x.conf", "../base.conf")) {
      Path file = conf.resolveSibling(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "seed = 4\n");
    }

    SubmittedJob.Outcome outcome =
        submit(conf.toString(), "--", "--master=yarn", "--deploy-mode=cluster");

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines())
        .singleElement()
        .asString()
        .startsWith("submit/cluster: " + data + ":2: " + reason);
  }

  @Test
  void leavesToTheDriverWhatItReadsInPlace() throws Exception {
    Path conf = conf("include \"../base.conf\"\ninclude \"none\"\n");

    assertThat(submitted(conf.toString(), "--", "--master=yarn"))
        .doesNotContain("--files")
        .endsWith(conf.toString());
    assertThat(submitted(conf.toUri().toString(), "--", "--master=yarn", "--deploy-mode=cluster"))
        .doesNotContain("--files")
        .endsWith(conf.toUri().toString());
  }

  @Test
  void goesToKubernetesOnlyWithASparkThatCan() throws Exception {
    String[] arguments = {"hdfs:///job.conf", "--", "--master", "k8s://https://api:6443"};

    SubmittedJob.Outcome outcome = submit(arguments);

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err().lines())
        .singleElement()
        .asString()
        .contains("no spark-kubernetes jar")
        .contains("set SPARK_HOME");

    Path jars = Files.createDirectories(folder.resolve("spark").resolve("jars"));
    Files.createFile(jars.resolve("spark-kubernetes_2.12-3.5.5.jar"));
    assertThat(submitted(arguments)).containsSequence("--master", "k8s://https://api:6443");
  }

  /** A settings file in a folder of its own. */
  private Path conf(String text) throws IOException {
    return Files.writeString(
        Files.createDirectories(folder.resolve("settings")).resolve("job.conf"), text);
  }

  /** The arguments that a spark-submit in SPARK_HOME gets. */
  private List<String> submitted(String... arguments) throws IOException, InterruptedException {
    SubmittedJob.Outcome outcome = submit(arguments);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    return outcome.out().lines().toList();
  }

  /** Submits with a spark-submit in SPARK_HOME that prints its arguments, a line each. */
  private SubmittedJob.Outcome submit(String... arguments)
      throws IOException, InterruptedException {
    Path spark = folder.resolve("spark");
    Path command = Files.createDirectories(spark.resolve("bin")).resolve("spark-submit");
    Files.writeString(command, "#!/usr/bin/env bash\nprintf '%s\\n' \"$@\"\n");
    assertThat(command.toFile().setExecutable(true)).isTrue();
    List<String> all = new ArrayList<>(List.of("--jar", "hdfs:///lib/job.jar"));
    all.addAll(List.of(arguments));
    return SubmittedJob.run(folder.resolve("logs"), Map.of("SPARK_HOME", spark.toString()), all);
  }
}
