package org.sparkvae.job.clusters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkvae.job.fixtures.SubmittedJob;

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

  @Test
  void namesAMissingSettingsFileWhole() throws Exception {
    SubmittedJob.Outcome outcome = submit("none/../job.conf", "--", "--master=yarn");

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith(
            "submit/cluster: " + Path.of("job.conf").toAbsolutePath() + " is no file: name ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"16", "23", "25"})
  void refusesAJavaThatSpark3DoesNotRunOn(String version) throws Exception {
    Path home = java(version);

    SubmittedJob.Outcome outcome =
        submit(Map.of("JAVA_HOME", home.toString()), "hdfs:///job.conf", "--", "--master=yarn");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines())
        .singleElement()
        .asString()
        .startsWith("submit/cluster: " + home + "/bin/java is Java " + version + ", and ")
        .endsWith(": install JDK 17, or set JAVA_HOME to one");
  }

  @Test
  void takesANewerJavaForANewerSpark() throws Exception {
    Map<String, String> newest = Map.of("JAVA_HOME", java("25").toString());
    Path jars = Files.createDirectories(folder.resolve("spark").resolve("jars"));
    Files.createFile(jars.resolve("spark-core_2.13-4.1.0.jar"));

    assertThat(submit(newest, "hdfs:///job.conf", "--", "--master=yarn").status()).isZero();
    Map<String, String> older = Map.of("JAVA_HOME", java("22").toString());
    Files.delete(jars.resolve("spark-core_2.13-4.1.0.jar"));
    SubmittedJob.Outcome slow = submit(older, "hdfs:///job.conf", "--", "--master=yarn");
    assertThat(slow.status()).isZero();
    assertThat(slow.err()).contains("is Java 22, on which the job takes several times as long");
  }

  @Test
  void tellsOnlyADriverHereOfThePipeThatEndsWithTheCommand() throws Exception {
    assertThat(submitted("hdfs:///job.conf", "--", "--master=yarn"))
        .first(STRING)
        .matches("\\d+ pipe:\\[\\d+]");
    assertThat(submitted("hdfs:///job.conf", "--", "--master=yarn", "--deploy-mode=cluster"))
        .first(STRING)
        .isEmpty();
  }

  /** The home of a Java that tells this version. */
  private Path java(String version) throws IOException {
    Path home = folder.resolve("java-" + version);
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(
        java, "#!/bin/sh\necho '    java.specification.version = " + version + "' >&2\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    return home;
  }

  /** A settings file in a folder of its own. */
  private Path conf(String text) throws IOException {
    return Files.writeString(
        Files.createDirectories(folder.resolve("settings")).resolve("job.conf"), text);
  }

  /** The lifeline that a spark-submit in SPARK_HOME is told of, and its arguments. */
  private List<String> submitted(String... arguments) throws IOException, InterruptedException {
    SubmittedJob.Outcome outcome = submit(arguments);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    return outcome.out().lines().toList();
  }

  /** Submits with a spark-submit in SPARK_HOME that prints what it gets, a line each. */
  private SubmittedJob.Outcome submit(String... arguments)
      throws IOException, InterruptedException {
    return submit(Map.of(), arguments);
  }

  private SubmittedJob.Outcome submit(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Path spark = folder.resolve("spark");
    Path command = Files.createDirectories(spark.resolve("bin")).resolve("spark-submit");
    Files.writeString(
        command, "#!/usr/bin/env bash\nprintf '%s\\n' \"${SPARK_VAE_LIFELINE-}\" \"$@\"\n");
    assertThat(command.toFile().setExecutable(true)).isTrue();
    List<String> all = new ArrayList<>(List.of("--jar", "hdfs:///lib/job.jar"));
    all.addAll(List.of(arguments));
    Map<String, String> whole = new TreeMap<>(environment);
    whole.put("SPARK_HOME", spark.toString());
    return SubmittedJob.run(folder.resolve("logs"), whole, all);
  }
}
