package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkvae.job.fixtures.DrawnImages;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.LocalJob.Outcome;
import org.sparkvae.job.fixtures.ObjectStore;
import org.sparkvae.job.fixtures.RunFiles;
import org.sparkvae.job.fixtures.SameBits;

/** Images and run directory on a file system that renames directories file by file. */
@Timeout(120)
class ObjectStoreRunTest {
  private static final int EPOCHS = 3;

  /** Hadoop's committer that moves files one by one, from a task's directory into the table. */
  private static final Map<String, String> FILE_BY_FILE =
      Map.of("spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version", "2");

  /** They cost more than all the rest. */
  private static final String NO_PICTURES = "report.pictures=false";

  @TempDir private static Path folder;
  private static RunFiles local;

  @BeforeAll
  static void runLocally() throws IOException {
    DrawnImages.write(folder.resolve("images"));
    local = RunFiles.in(folder, "local");
    Outcome outcome =
        LocalJob.run(conf("local", folder.resolve("images").toString()), local.setting());
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
  }

  @Test
  void endsAsOnTheLocalFileSystemAndIsThenDone() throws IOException {
    RunFiles run = RunFiles.in(folder, "whole");
    ObjectStore.renamed();

    Outcome outcome = onStore(run, Map.of());

    assertThat(outcome.err()).isEmpty();
    assertSame(outcome, run);
    assertThat(run.names()).isEqualTo(local.names());
    // Those of Spark's committer: what its tasks wrote, before the table is whole.
    assertThat(ObjectStore.renamed())
        .isNotEmpty()
        .allMatch(name -> name.matches(".*\\.parquet/_temporary/0/_temporary/attempt_\\w+"));

    Outcome again = onStore(run, Map.of());

    assertThat(again.status()).isZero();
    assertThat(again.out()).startsWith("Done already; the results are in copying:/");
  }

  @Test
  void renamesNoDirectoryWhereTheCommitterDoesNot() throws IOException {
    RunFiles run = RunFiles.in(folder, "file-by-file");
    ObjectStore.renamed();

    Outcome outcome = onStore(run, FILE_BY_FILE, NO_PICTURES);

    assertSame(outcome, run);
    assertThat(ObjectStore.renamed()).isEmpty();
  }

  /** Lost at a change, and where more are named, when started again at the next. */
  @Tag("cluster")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "write .*/epochs.parquet/.*.parquet",
        "write .*/evaluation.parquet/.*.parquet",
        "create .*/evaluation.parquet/_temporary/0/task_.*/part-.*",
        "rename .*/evaluation.parquet/.*.parquet",
        "create .*/evaluation.parquet/_SUCCESS",
        "write .*/evaluation.parquet/.*.parquet, create .*/evaluation.parquet/_SUCCESS",
      })
  void takesNoHalfWrittenTableForAWholeOne(String changes) throws IOException {
    RunFiles run = RunFiles.in(folder, "lost at " + changes.replaceAll("\\W+", "-"));
    for (String change : changes.split(", ")) {
      lose(run, change);
      String table = change.replaceAll(".*/(\\w+\\.parquet)/.*", "$1");
      assertThat(run.has(table)).isTrue();
      assertThat(run.has(table + "/_SUCCESS")).as("%s is whole", table).isFalse();
    }

    Outcome outcome = onStore(run, Map.of(), NO_PICTURES);

    assertThat(outcome.err()).isEmpty();
    assertSame(outcome, run);
    assertThat(run.names()).isEqualTo(withoutPictures(local.names()));
  }

  @Test
  void goesOnFromTheLastWholeCheckpoint() throws IOException {
    RunFiles run = RunFiles.in(folder, "lost in a checkpoint");
    lose(run, "write .*/checkpoints/epoch-000002/model.zip");

    Outcome outcome = onStore(run, Map.of(), NO_PICTURES);

    assertThat(outcome.err())
        .startsWith("spark-vae: warning: checkpoint file copying:")
        .endsWith(
            "/checkpoints/epoch-000002/manifest.sha256 is missing; using the checkpoint before it,"
                + " if any\n")
        .hasLineCount(1);
    assertSame(outcome, run);
    assertThat(run.names()).isEqualTo(withoutPictures(local.names()));
  }

  private static void lose(RunFiles run, String change) throws IOException {
    ObjectStore.loseAt(change);
    try {
      Outcome lost = onStore(run, Map.of(), NO_PICTURES);
      assertThat(lost.status()).as(lost.out()).isEqualTo(1);
      assertThat(lost.err()).contains("lost in: ").hasLineCount(1);
      assertThat(run.has("_SUCCESS")).isFalse();
    } finally {
      ObjectStore.loseAt("");
    }
  }

  private static List<String> withoutPictures(List<String> names) {
    return names.stream().filter(name -> !name.startsWith("pictures")).toList();
  }

  private static void assertSame(Outcome outcome, RunFiles run) throws IOException {
    assertThat(outcome.status()).as(outcome.err()).isZero();
    SameBits.require(run, local, EPOCHS);
    assertThat(run.table("epochs.parquet").rows()).hasSize(EPOCHS);
  }

  private static Outcome onStore(RunFiles run, Map<String, String> more, String... arguments)
      throws IOException {
    Map<String, String> settings = new TreeMap<>(ObjectStore.settings());
    settings.putAll(more);
    List<String> command = new ArrayList<>();
    command.add(conf("store", ObjectStore.uri(folder.resolve("images"))));
    command.add("run.directory=" + ObjectStore.uri(run.root()));
    command.addAll(List.of(arguments));
    return LocalJob.run(settings, command.toArray(String[]::new));
  }

  private static String conf(String name, String images) throws IOException {
    return Files.writeString(
            folder.resolve(name + ".conf"), DrawnImages.conf(images, "idx", "parquet"))
        .toString();
  }
}
