package org.sparkvae.job.clusters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.WholeCommand;
import org.sparkvae.job.evaluate.Slicing;
import org.sparkvae.job.fixtures.DrawnImages;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.LocalJob.Outcome;
import org.sparkvae.job.fixtures.RunFiles;
import org.sparkvae.job.fixtures.SameBits;

/** Images and run directory on a real HDFS of two datanodes. */
@Timeout(120)
class HdfsRunTest {
  @TempDir private static Path folder;
  private static MiniDFSCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
    cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(2).build();
    DrawnImages.write(folder.resolve("images"));
    hdfs().copyFromLocalFile(hadoop(folder.resolve("images")), hadoop(Path.of("/images")));
  }

  @AfterAll
  static void stop() {
    cluster.shutdown();
  }

  @Test
  void endsAsOnTheLocalFileSystemAndIsThenDone() throws IOException {
    RunFiles local = runLocally("idx", "idx");
    String[] command = onHdfs("idx", "idx", "whole");

    Outcome outcome = LocalJob.run(command);

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).contains(cluster.getURI() + "/runs/whole");
    assertSame(fetched("whole"), local);
    SortedMap<String, List<Long>> files = files("whole");
    assertThat(files)
        .containsKeys("_SUCCESS", "config.conf", "summary.json", "evaluation.parquet/_SUCCESS")
        .containsKeys("checkpoints/epoch-000003/model.zip", "pictures/samples.png");
    assertThat(files.keySet())
        .noneMatch(name -> name.contains("_temporary") || name.contains("_old"));
    for (String picture : local.stamps("pictures").keySet()) {
      assertThat(files.get(picture).get(0)).as("size of %s", picture).isPositive();
    }

    Outcome again = LocalJob.run(command);

    assertThat(again.err()).isEmpty();
    assertThat(again.status()).isZero();
    assertThat(again.out())
        .isEqualTo("Done already; the results are in %s/runs/whole\n".formatted(cluster.getURI()));
    assertThat(files("whole")).isEqualTo(files);
  }

  @Test
  @Tag("cluster")
  void stagesWriteThereWhatTheyWriteHere() throws IOException {
    List<String> stages = List.of("encode", "sample");
    String[] command = onHdfs("idx", "idx", "stages");
    Outcome outcome = LocalJob.run(with(command, "pipeline=[train, encode, sample]"));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    SortedMap<String, List<Long>> files = files("stages");
    RunFiles here = RunFiles.in(folder, "stages-here");
    String[] elsewhere =
        stages.stream().map(of -> of + ".directory=" + here.root()).toArray(String[]::new);
    Outcome local = LocalJob.run(with(with(command, "pipeline=" + stages), elsewhere));
    assertThat(local.err()).isEmpty();
    assertThat(local.status()).isZero();

    Outcome again = LocalJob.run(with(command, "pipeline=" + stages));

    assertThat(again.out().lines())
        .hasSize(stages.size())
        .allMatch(line -> line.startsWith("Done already; the results are in " + cluster.getURI()));
    assertThat(files("stages")).isEqualTo(files);
    assertThat(files).containsKeys("sample/000099.png", "pictures/sample-draws.png", "report.html");
    RunFiles there = fetched("stages");
    for (String stage : stages) {
      assertThat(there.table(stage + ".parquet").rows())
          .isNotEmpty()
          .isEqualTo(here.table(stage + ".parquet").rows());
      assertThat(there.has("pictures/" + stage + ".png")).isTrue();
    }
  }

  private static String[] with(String[] command, String... more) {
    return Stream.of(command, more).flatMap(Stream::of).toArray(String[]::new);
  }

  @Test
  void readsFoldersAndTables() throws IOException {
    RunFiles local = runLocally("folder", "parquet");

    Outcome outcome = LocalJob.run(onHdfs("folder", "parquet", "others"));

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertSame(fetched("others"), local);
  }

  @Test
  void refusesOverwritesAndEvaluatesAgain() throws IOException {
    RunFiles local = runLocally("idx", "idx");
    assertThat(again().status()).isZero();
    SortedMap<String, List<Long>> first = files("again");

    Outcome refused = again("training.batch=10");
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err())
        .isEqualTo(
            "spark-vae: error: run.directory %s/runs/again holds a run with other values of"
                    .formatted(cluster.getURI())
                + " training.batch: choose another directory, or start anew with"
                + " run.mode=overwrite\n");
    assertThat(files("again")).isEqualTo(first);

    Outcome anew = again("run.mode=overwrite");
    assertThat(anew.err()).isEmpty();
    assertThat(anew.status()).isZero();
    assertSame(fetched("again"), local);
    SortedMap<String, List<Long>> second = files("again");
    assertThat(names(second)).isEqualTo(names(first));
    assertThat(second.values())
        .as("all written again")
        .allMatch(file -> file.get(1) > first.get("_SUCCESS").get(1));

    Outcome evaluated = again("pipeline=[evaluate]", "evaluation.samples=20");
    assertThat(evaluated.err()).isEmpty();
    assertThat(evaluated.status()).isZero();
    SortedMap<String, List<Long>> third = files("again");
    assertThat(third).containsAllEntriesOf(second);
    third.keySet().removeAll(second.keySet());
    assertThat(third.keySet())
        .allMatch(name -> name.matches("evaluations/[0-9a-f]{16}/.*"))
        .anyMatch(name -> name.endsWith("/_SUCCESS"));
  }

  private static Outcome again(String... more) throws IOException {
    List<String> command = new ArrayList<>(List.of(onHdfs("idx", "idx", "again")));
    command.add("report.pictures=false");
    command.addAll(List.of(more));
    return LocalJob.run(command.toArray(String[]::new));
  }

  /** Spark names parts of tables by chance. */
  private static List<String> names(SortedMap<String, List<Long>> files) {
    return files.keySet().stream().map(name -> name.replaceAll("part-.*", "part")).toList();
  }

  @Test
  @Tag("cluster")
  void aDatanodeLostInTheMiddleLosesNothing() throws IOException {
    RunFiles local = runLocally("idx", "idx");
    EpochHook hook = new EpochHook("2/3", () -> cluster.stopDataNode(0));

    LocalJob.SUBMITTED.forEach(System::setProperty);
    try {
      int status =
          WholeCommand.run(Slicing.STANDARD, hook, System.err, onHdfs("idx", "idx", "lost"));
      assertThat(status).isZero();
      assertThat(hook.stopped).as("the datanode").isNotNull();
      // The images and everything in the run directory, from the datanode that is left.
      assertSame(fetched("lost"), local);
      hdfs().copyToLocalFile(hadoop(Path.of("/images")), hadoop(folder.resolve("fetched-images")));
    } finally {
      LocalJob.SUBMITTED.keySet().forEach(System::clearProperty);
      if (hook.stopped != null) {
        assertThat(cluster.restartDataNode(hook.stopped, true)).isTrue();
        cluster.waitActive();
      }
    }
  }

  private static RunFiles runLocally(String train, String test) throws IOException {
    RunFiles local = RunFiles.in(folder, "local-" + train);
    if (!local.has("_SUCCESS")) {
      String conf = write("local-" + train, folder.resolve("images").toString(), train, test);
      Outcome outcome = LocalJob.run(conf, local.setting());
      assertThat(outcome.err()).isEmpty();
      assertThat(outcome.status()).isZero();
    }
    return local;
  }

  private static String[] onHdfs(String train, String test, String run) throws IOException {
    return new String[] {
      write("hdfs-" + run, cluster.getURI() + "/images", train, test),
      "run.directory=%s/runs/%s".formatted(cluster.getURI(), run)
    };
  }

  private static String write(String name, String images, String train, String test)
      throws IOException {
    Path conf = folder.resolve(name + ".conf");
    // They cost more than all the rest.
    String pictures = "report.pictures = %s\n".formatted(train.equals("idx"));
    return Files.writeString(conf, pictures + DrawnImages.conf(images, train, test)).toString();
  }

  private static void assertSame(RunFiles run, RunFiles local) throws IOException {
    SameBits.require(run, local, 3);
    assertThat(run.table("evaluation.parquet").rows()).hasSize(DrawnImages.TEST);
    assertThat(run.table("epochs.parquet").rows()).hasSize(3);
  }

  /** A copy of a run directory on the local file system. */
  private static RunFiles fetched(String run) throws IOException {
    Path copy = folder.resolve("fetched-" + run);
    hdfs().copyToLocalFile(false, hadoop(Path.of("/runs", run)), hadoop(copy), true);
    return new RunFiles(copy);
  }

  /** Size and modification time of every file of a run directory. */
  private static SortedMap<String, List<Long>> files(String run) throws IOException {
    SortedMap<String, List<Long>> files = new TreeMap<>();
    org.apache.hadoop.fs.Path root = hdfs().makeQualified(hadoop(Path.of("/runs", run)));
    RemoteIterator<org.apache.hadoop.fs.LocatedFileStatus> found = hdfs().listFiles(root, true);
    while (found.hasNext()) {
      org.apache.hadoop.fs.FileStatus file = found.next();
      files.put(
          root.toUri().relativize(file.getPath().toUri()).getPath(),
          List.of(file.getLen(), file.getModificationTime()));
    }
    return files;
  }

  private static FileSystem hdfs() throws IOException {
    return cluster.getFileSystem();
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toString());
  }

  /** Stops a datanode when an epoch's line is printed. */
  private static final class EpochHook extends PrintStream {
    /** Stops a datanode. */
    @FunctionalInterface
    interface Stop {
      MiniDFSCluster.DataNodeProperties now();
    }

    private final String epoch;
    private final Stop stop;
    private MiniDFSCluster.DataNodeProperties stopped;

    EpochHook(String epoch, Stop stop) {
      super(OutputStream.nullOutputStream(), true);
      this.epoch = epoch;
      this.stop = stop;
    }

    @Override
    public void println(String line) {
      if (line.strip().startsWith(epoch)) {
        stopped = stop.now();
      }
    }
  }
}
