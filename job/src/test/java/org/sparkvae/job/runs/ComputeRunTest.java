package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.sparkvae.job.fixtures.DataFixtures.IDX_IMAGES;
import static org.sparkvae.job.fixtures.DataFixtures.idx;
import static org.sparkvae.job.fixtures.DataFixtures.pixels;
import static org.sparkvae.job.fixtures.DataFixtures.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.device.cuda.Driver;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.LocalJob.Outcome;
import org.sparkvae.tensor.kernels.Backend;

/** What the whole command computes on, in local mode. */
@Timeout(60)
class ComputeRunTest {
  @TempDir private Path folder;
  private String conf;

  @BeforeEach
  void prepare() throws IOException {
    String images =
        write(folder.resolve("images"), idx(IDX_IMAGES, new int[] {12, 2, 3}, pixels(12, 6)));
    String text =
        """
        run.directory = "%s"
        pipeline = [train]
        data.train { source = idx, path = "%s" }
        model { latent = 2, encoder.hidden = [3], decoder.hidden = [3] }
        training { epochs = 1, batch = 6 }
        report.pictures = false
        """;
    conf =
        Files.writeString(folder.resolve("job.conf"), text.formatted(folder.resolve("run"), images))
            .toString();
  }

  @Test
  void saysWhatItComputesOn() {
    Outcome outcome = LocalJob.run(conf);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    String lines = Backend.describe().replace("; ", "\n" + " ".repeat(13));
    assertThat(outcome.out()).contains("\n  backend    " + lines + "\n");
  }

  @Test
  void endsInALineWhereAGpuIsAskedForAndNoneIsThere() {
    assumeThat(Driver.devices()).isEmpty();
    Outcome outcome = LocalJob.run(conf, "compute.device=gpu");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .startsWith("spark-vae: error: compute.device is gpu, but ")
        .hasLineCount(1);
  }

  @Test
  void goesOnWithARunOnAnotherDevice() {
    assumeThat(Driver.devices()).isEmpty();
    assertThat(LocalJob.run(conf).status()).isZero();
    Outcome again = LocalJob.run(conf, "compute.device=cpu");
    assertThat(again.out()).startsWith("Done already");
    assertThat(again.status()).isZero();
  }

  @Test
  void endsInALineRatherThanWaitForGpusInLocalMode() {
    String key = "spark.task.resource.gpu.amount";
    System.setProperty(key, "1");
    try {
      assertThat(LocalJob.run(conf))
          .isEqualTo(
              new Outcome(
                  2,
                  "",
                  "spark-vae: error: "
                      + key
                      + " is set, but in local mode Spark has no executors to find resources on,"
                      + " and tasks would wait for ever: leave it out, and name GPUs in"
                      + " compute.gpus\n"));
    } finally {
      System.clearProperty(key);
    }
  }
}
