package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code submit/local} makes of its command line, in a repository that looks built. */
class SubmitLocalTest {
  @TempDir private Path folder;
  private Path root;
  private Path person;

  @BeforeEach
  void build() throws IOException {
    folder = folder.toRealPath();
    root = folder.resolve("repository");
    person = folder.resolve("person");
    BuiltRepository.make(root);
    for (String file : List.of("here", "both", "sub/deep", "here labels", "parent")) {
      touch(person.resolve(file));
    }
    for (String file : List.of("both", "there", "sub/there")) {
      touch(root.resolve(file));
    }
    touch(person.resolve("job.conf"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        // What is there, where the person stands first.
        "data.train.path=here             | data.train.path=\"PERSON/here\"",
        "data.test.path=both              | data.test.path=\"PERSON/both\"",
        "data.validation.path=./sub/../here | data.validation.path=\"PERSON/here\"",
        "data.train.path=there            | data.train.path=there",
        "image-source.path=here           | image-source.path=\"PERSON/here\"",
        "image-source.labels=here labels  | image-source.labels=\"PERSON/here labels\"",
        "training.start-from=sub          | training.start-from=\"PERSON/sub\"",
        "data.train.labels=here labels    | data.train.labels=\"PERSON/here labels\"",
        "data.train.path=\"here labels\"  | data.train.path=\"PERSON/here labels\"",
        "data.train.path = here           | data.train.path=\"PERSON/here\"",
        "data.train.path=../repository/there | data.train.path=../repository/there",
        // What is not.
        "run.directory=runs/x             | run.directory=\"PERSON/runs/x\"",
        "evaluation.directory=e           | evaluation.directory=\"PERSON/e\"",
        "encode.directory=e               | encode.directory=\"PERSON/e\"",
        "encode.directory=.               | encode.directory=.",
        "tracking.mlflow.directory=e      | tracking.mlflow.directory=\"PERSON/e\"",
        "analyse.outliers.against=here    | analyse.outliers.against=\"PERSON/here\"",
        "data.train.path=nowhere          | data.train.path=\"PERSON/nowhere\"",
        "data.train.path=.data/mnist/x    | data.train.path=.data/mnist/x",
        // What is no such path.
        "data.train.labels=parent         | data.train.labels=parent",
        "data.train.labels=label          | data.train.labels=label",
        "data.train.labels=               | data.train.labels=",
        "data.train.path=/abs/here        | data.train.path=/abs/here",
        "data.train.path=file:here        | data.train.path=file:here",
        "run.directory=hdfs:///runs       | run.directory=hdfs:///runs",
        "run.directory=${HOME}/here       | run.directory=${HOME}/here",
        "run.directory=null               | run.directory=null",
        "data.train={path=here}           | data.train={path=here}",
        "data.train.source=here           | data.train.source=here",
        "data.train.column=here           | data.train.column=here",
      })
  void meansPathsFromWhereThePersonStands(String given, String got) throws Exception {
    assertThat(submitted(person, "job.conf", given))
        .endsWith(person + "/job.conf", got.replace("PERSON", person.toString()));
  }

  @Test
  void inTheRepositoryPathsStayAsTheyAre() throws Exception {
    String conf = person + "/job.conf";
    assertThat(submitted(root, conf, "data.train.path=./there", "run.directory=runs/../x"))
        .endsWith(conf, "data.train.path=./there", "run.directory=runs/../x");
    // The same place from elsewhere has the same name.
    assertThat(submitted(root.resolve("sub"), conf, "data.train.path=../both"))
        .endsWith(conf, "data.train.path=\"both\"");
  }

  @Test
  void leavesPathsToHadoopWhereItHasSettings() throws Exception {
    ProcessBuilder builder = builder(person, "job.conf", "data.train.path=here");
    builder.environment().put("HADOOP_CONF_DIR", "/etc/hadoop");

    assertThat(builder.start().inputReader().lines()).endsWith("data.train.path=here");
  }

  /** As the Spark of a cluster's edge node may be set to run drivers there. */
  @Test
  void theDriverRunsHereWhateverSparkIsSetTo() throws Exception {
    assertThat(submitted(person, "job.conf")).containsSequence("--deploy-mode", "client");
    Process coverage = BuiltRepository.command(root, "coverage", "few", "many").start();
    assertThat(coverage.inputReader().lines()).containsSequence("--deploy-mode", "client");
  }

  /** Of Java 22, which would draw progress bars into files. */
  @Test
  void takesTheConsoleThatKnowsATerminal() throws Exception {
    assertThat(submitted(person, "job.conf"))
        .anySatisfy(
            option ->
                assertThat(option)
                    .startsWith("spark.driver.defaultJavaOptions=")
                    .contains(" -Djdk.console=java.base "));
  }

  /** As cron and containers have it. */
  @Test
  void namesOfFilesMayHoldAnyLetterUnderThePosixLocale() throws Exception {
    BuiltRepository.script(root.resolve("spark/bin/spark-submit"), "locale charmap");
    ProcessBuilder builder = builder(person, "job.conf");
    builder.environment().put("LC_ALL", "C");

    assertThat(builder.start().inputReader().lines()).containsExactly("UTF-8");
  }

  @Test
  void namesAMissingSettingsFileWhole() throws Exception {
    Process process = builder(person, "sub/none.conf").start();

    assertThat(process.errorReader().lines())
        .containsExactly(
            "submit/local: %s/sub/none.conf is no file: name a settings file, such as %s/conf/mnist.conf"
                .formatted(person, root));
    assertThat(process.waitFor()).isEqualTo(2);
  }

  private List<String> submitted(Path where, String... arguments) throws Exception {
    Process process = builder(where, arguments).start();
    List<String> lines = process.inputReader().lines().toList();
    assertThat(process.waitFor()).as(process.errorReader().lines().toList().toString()).isZero();
    return lines;
  }

  private ProcessBuilder builder(Path where, String... arguments) {
    ProcessBuilder builder = BuiltRepository.command(root, "local", arguments);
    return builder.directory(where.toFile());
  }

  private static void touch(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.createFile(file);
  }
}
