package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.VaeJob;
import org.sparkvae.job.fixtures.DataFixtures;
import org.sparkvae.job.fixtures.DriverProcess;
import org.sparkvae.job.fixtures.LocalJob.Outcome;
import org.sparkvae.job.fixtures.RunFiles;
import org.sparkvae.job.fixtures.SameBits;

/** A run on more images than its heap: to train on, to validate with, and to score. */
@Timeout(600)
class SmallHeapTest {
  private static final int HEAP_MIB = 128;
  private static final int SIDE = 128;

  /** Of an image. */
  private static final int BYTES = SIDE * SIDE;

  /** What Spark takes for itself; 300 MiB unless it is told. */
  private static final String RESERVED = Integer.toString(64 << 20);

  @TempDir private Path folder;

  @Test
  @Tag("cluster")
  void asMuchAsTheHeapGivesTheBitsOfImagesInMemory() throws Exception {
    givesTheBitsOfImagesInMemory(1, "training.epochs = 1");
  }

  @Test
  @Tag("cluster")
  void tenTimesTheHeapGiveTheBitsOfImagesInMemory() throws Exception {
    givesTheBitsOfImagesInMemory(10, "training.epochs = 2, data.reshard-every = 1");
  }

  /** Trains and validates on images of so many times the heap, and scores as many as the heap's. */
  private void givesTheBitsOfImagesInMemory(int times, String epochs) throws Exception {
    Path images = folder.resolve("images");
    Path test = folder.resolve("test");
    int ofTheHeap = (HEAP_MIB << 20) / BYTES;
    write(images, times * ofTheHeap);
    write(test, ofTheHeap);
    String conf =
        Files.writeString(
                folder.resolve("job.conf"),
                """
                data {
                  train { source = idx, path = "%1$s" }
                  test { source = idx, path = "%2$s" }
                  validation.fraction = 0.2
                  binarisation = threshold
                }
                model { latent = 2, encoder.hidden = [4], decoder.hidden = [4] }
                # Each task holds a few of its batches in the heap, as floats.
                training { batch = 20, averaging.every = 50 }
                %3$s
                evaluation { samples = 1, block = 1 }
                report.pictures = off
                """
                    .formatted(images, test, epochs))
            .toString();
    RunFiles inMemory = RunFiles.in(folder, "memory");
    run(Map.of(), List.of("-Xmx4g"), conf, inMemory.setting(), "data.storage=memory");

    RunFiles onDisk = RunFiles.in(folder, "disk");
    // The usual collector leaves gaps that no large array fits into.
    Outcome small =
        run(
            Map.of("spark.testing.reservedMemory", RESERVED),
            List.of("-Xmx" + HEAP_MIB + "m", "-XX:+UseSerialGC"),
            conf,
            onDisk.setting());
    assertThat(small.out()).contains("on local disks (");
    SameBits.require(onDisk, inMemory, inMemory.checkpoints().size());
  }

  /** The job in a process with a heap of its own. */
  private Outcome run(Map<String, String> spark, List<String> java, String... arguments)
      throws Exception {
    ProcessBuilder process = DriverProcess.of(VaeJob.class, spark, arguments);
    List<String> command = process.command();
    // The tests' own heap has parts that are larger.
    command.removeIf(option -> option.matches("-Xm[ns].*"));
    command.addAll(command.indexOf("-cp"), java);
    Outcome outcome = DriverProcess.run(process, folder.resolve("logs"));
    assertThat(outcome.status()).as(outcome.err()).isZero();
    return outcome;
  }

  private static void write(Path file, int images) throws IOException {
    byte[] some = new byte[1000 * BYTES];
    new Random(1).nextBytes(some);
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      out.write(
          DataFixtures.idx(DataFixtures.IDX_IMAGES, new int[] {images, SIDE, SIDE}, new byte[0]));
      for (int left = images; left > 0; left -= 1000) {
        out.write(some, 0, Math.min(left, 1000) * BYTES);
      }
    }
  }
}
