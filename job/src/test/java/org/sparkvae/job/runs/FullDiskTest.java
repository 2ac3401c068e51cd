package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.VaeJob;
import org.sparkvae.job.fixtures.DrawnJob;
import org.sparkvae.job.fixtures.DriverProcess;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.LocalJob.Outcome;
import org.sparkvae.job.fixtures.RunFiles;
import org.sparkvae.job.fixtures.RunFiles.Stamp;
import org.sparkvae.job.fixtures.SameBits;

/** A run on a disk that is full, then read-only, then mended. */
@Tag("cluster")
@Timeout(240)
class FullDiskTest {
  @TempDir private Path folder;

  @Test
  void losesNothing() throws Exception {
    // A checkpoint of about 700 kB.
    String conf =
        DrawnJob.write(
            folder,
            "report.pictures = false, model { encoder.hidden = [400], decoder.hidden = [400] }");
    RunFiles whole = RunFiles.in(folder, "whole");
    assertThat(LocalJob.run(conf, whole.setting()).status()).isZero();
    long checkpoint = Files.size(whole.root().resolve("checkpoints/epoch-000003/model.zip"));

    Path mounted = Files.createDirectory(folder.resolve("disk"));
    try (SmallDisk disk = new SmallDisk(mounted, 8)) {
      Path inside = mounted.resolve("run");
      RunFiles run = RunFiles.in(disk.fromOutside(), "run");
      Path ballast = disk.fromOutside().resolve("ballast");

      fill(ballast, 0);
      expectUnusable(run(disk, conf, inside), inside, "No space left on device");

      Files.delete(ballast);
      fill(ballast, checkpoint * 5 / 2);
      Outcome full = run(disk, conf, inside);
      assertThat(full.status()).isEqualTo(1);
      assertThat(full.err())
          .isEqualTo(
              """
              spark-vae: error: file:%s/checkpoints/epoch-000003 cannot be written: No space left \
              on device; mend that and run the same command again, which goes on from there
              """
                  .formatted(inside));
      expectTwoCheckpoints(run);

      SortedMap<String, Stamp> left = run.stamps("");
      disk.readOnly();
      expectUnusable(run(disk, conf, inside), inside, "Read-only file system");
      assertThat(run.stamps("")).isEqualTo(left);

      disk.writable();
      Files.delete(ballast);
      Outcome mended = run(disk, conf, inside);
      assertThat(mended.err()).isEmpty();
      assertThat(mended.status()).isZero();
      assertThat(run.names()).isEqualTo(whole.names());
      RunFiles copy = run.copyTo(folder.resolve("copy"));
      SameBits.require(copy, whole, 3);
    }
  }

  /** Runs the command in a process that sees the disk. */
  private Outcome run(SmallDisk disk, String conf, Path directory) throws Exception {
    ProcessBuilder builder =
        DriverProcess.of(VaeJob.class, Map.of(), conf, "run.directory=" + directory);
    builder.command().addAll(0, disk.enter());
    Outcome outcome = DriverProcess.run(builder, folder);
    String ours =
        outcome
            .err()
            .lines()
            .filter(line -> !line.startsWith("WARNING: Using incubator modules"))
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    return new Outcome(outcome.status(), outcome.out(), ours);
  }

  private static void expectTwoCheckpoints(RunFiles run) throws IOException {
    assertThat(run.checkpoints()).containsExactly(1, 2);
    for (int epoch : run.checkpoints()) {
      assertThat(run.brokenDigests(epoch)).isEmpty();
    }
  }

  private static void expectUnusable(Outcome outcome, Path run, String reason) {
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith("spark-vae: error: run.directory " + run + " cannot be used (")
        .contains(reason + "): check the path and its permissions, or choose another")
        .hasLineCount(1);
  }

  /** Writes until the disk is full, then makes so many bytes free again. */
  private static void fill(Path ballast, long free) throws IOException {
    byte[] block = new byte[4096];
    long written = 0;
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(block);
        written += block.length;
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left on device");
    }
    try (var file = Files.newByteChannel(ballast, java.nio.file.StandardOpenOption.WRITE)) {
      file.truncate(written - free);
    }
  }
}
